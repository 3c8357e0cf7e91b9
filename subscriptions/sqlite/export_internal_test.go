package sqlite

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// What a person gets who asks for everything: his own words and choices, and
// nothing of how they are stored.
func TestExportReadsWell(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, 11, d, 18, 30, 0, 0, time.UTC) }
	e := newExport(&subscriptions.Subscriber{
		ID: 7, Address: subscriptions.Address{Platform: "telegram", ID: "42"},
		Also:     []subscriptions.Address{{Platform: "discord", ID: "dm/99"}},
		Language: "nl", Cadence: subscriptions.InDigest, CreatedAt: day(1),
		Digest: subscriptions.DigestTime{Minute: 18*60 + 5, Days: 1<<time.Monday | 1<<time.Friday},
		Quiet:  subscriptions.Quiet{From: 22 * 60, To: 7*60 + 30}, Spoilers: true,
	})
	e.addFollows([]subscriptions.Subscription{{
		Subscriber: 7, Topic: "club/genk", Cadence: subscriptions.Both, CreatedAt: day(2),
		Filter: subscriptions.Filter{Rumours: subscriptions.Never, First: "nl", Scopes: []subscriptions.Scope{subscriptions.ScopeYouth}},
	}})
	e.addStories([]subscriptions.DeliveryState{{
		Story: 11, Lane: subscriptions.LaneDigest, Topics: []subscriptions.Topic{"club/genk"},
		Outcome: subscriptions.Sent, Reference: "telegram:5", Ended: day(3),
	}})
	e.Digests = append(e.Digests, exportDigest{Date: "2026-11-03", Released: day(3)})
	got, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
  "addresses": [
    "telegram:42",
    "discord:dm/99"
  ],
  "since": "2026-11-01T18:30:00Z",
  "language": "nl",
  "cadence": "digest",
  "digest_at": "18:05",
  "digest_days": [
    "monday",
    "friday"
  ],
  "quiet": "22:00-07:30",
  "spoilers_hidden": true,
  "follows": [
    {
      "topic": "club/genk",
      "since": "2026-11-02T18:30:00Z",
      "cadence": "both",
      "rumours": "never",
      "first_language": "nl",
      "also": [
        "youth"
      ]
    }
  ],
  "stories": [
    {
      "story": 11,
      "topics": [
        "club/genk"
      ],
      "in_digest": true,
      "outcome": "sent",
      "message": "telegram:5",
      "ended": "2026-11-03T18:30:00Z"
    }
  ],
  "digests": [
    {
      "date": "2026-11-03",
      "released": "2026-11-03T18:30:00Z"
    }
  ]
}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

package bot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// plan is how a parcel with several stories in a message is sent: its messages, as
// they were composed. It is kept before the first is sent, for whoever sends again
// after a crash must send the same: by then stories have grown, some were settled,
// and composing anew would put other stories into a message of the same key. An
// alert needs no plan, it has its story's key.
type plan struct {
	Messages []Message `json:"messages"`
}

// part is one message of a parcel, and the stories that it settles. The last part
// settles whatever is left of the parcel.
type part struct {
	message Message
	stories []subscriptions.StoryID
}

// planOf reads the plan of a parcel that has one.
func planOf(parcel subscriptions.Parcel) (pl plan, err error) {
	text := json.NewDecoder(bytes.NewReader(parcel.Plan))
	text.DisallowUnknownFields() // another version's
	if err := text.Decode(&pl); err != nil {
		return plan{}, fmt.Errorf("decode plan: %w", err)
	}
	return pl, nil
}

// parts gives the messages of a plan their keys.
func (pl plan) parts(parcel subscriptions.Parcel) []part {
	parts := make([]part, len(pl.Messages))
	for i, m := range pl.Messages {
		parts[i] = partOf(m, messageKey(parcel, 0, i))
	}
	return parts
}

func partOf(m Message, key string) part {
	var stories []subscriptions.StoryID
	for _, item := range m.Items {
		if item.Story != 0 {
			stories = append(stories, item.Story)
		}
	}
	m.Key = key
	return part{message: m, stories: stories}
}

// keepPlans writes down the plans of jobs that need it.
func (p *packer) keepPlans(ctx context.Context, jobs []*job) error {
	plans := map[subscriptions.ParcelID][]byte{}
	for _, j := range jobs {
		if j.plan == nil {
			continue
		}
		text, err := json.Marshal(j.plan)
		if err != nil {
			return fmt.Errorf("encode plan: %w", err)
		}
		plans[j.parcel.ID] = text
	}
	if len(plans) == 0 {
		return nil
	}
	if err := p.store.Plan(ctx, plans); err != nil {
		return fmt.Errorf("keep plans: %w", err)
	}
	return nil
}

// recall returns what is left of a planned parcel. A message whose stories are all
// out is sent as it was, in quiet hours too: it may have been sent before. One of
// which some are not was refused, and goes on story by story.
func (p *packer) recall(parcel subscriptions.Parcel, kept plan) *job {
	j := &job{parcel: parcel, owed: p.atHand(parcel)}
	now, late := p.now(), true
	for i := range parcel.Stories {
		late = late && isLate(parcel, i, now)
	}
	if late {
		p.drop(parcel.ID, DroppedLate, parcel.Stories)
		return j
	}
	for _, pt := range kept.parts(parcel) {
		pt.message.Silent = pt.message.Silent || quietAt(parcel.Subscriber, now)
		left := slices.DeleteFunc(slices.Clone(pt.stories), func(id subscriptions.StoryID) bool {
			return !slices.Contains(parcel.Stories, id)
		})
		if len(left) == len(pt.stories) {
			j.parts = append(j.parts, pt)
			continue
		}
		j.parts = append(j.parts, p.alerts(parcel, only(j.owed, left))...)
	}
	if len(j.parts) == 0 {
		p.drop(parcel.ID, DroppedGone, parcel.Stories)
	}
	return j
}

// atHand returns the stories of a parcel that are still kept.
func (p *packer) atHand(parcel subscriptions.Parcel) []Owed {
	var owed []Owed
	for i, id := range parcel.Stories {
		if kept, ok := p.stories[id]; ok {
			owed = append(owed, Owed{Story: kept.story, Topics: parcel.Topics[i]})
		}
	}
	return owed
}

// only returns those that are about these stories.
func only(owed []Owed, stories []subscriptions.StoryID) []Owed {
	return slices.DeleteFunc(slices.Clone(owed), func(o Owed) bool { return !slices.Contains(stories, o.Story.ID) })
}

// messageKey names a message so that its repetition has the same name: by its
// parcel, the story it is the alert of, 0 for none, and its place among the messages
// of either. 24 characters: Discord takes 25.
func messageKey(parcel subscriptions.Parcel, alertOf subscriptions.StoryID, index int) string {
	var b [32]byte
	binary.BigEndian.PutUint64(b[0:], uint64(parcel.Subscriber.ID))
	binary.BigEndian.PutUint64(b[8:], uint64(parcel.ID))
	binary.BigEndian.PutUint64(b[16:], uint64(alertOf))
	binary.BigEndian.PutUint64(b[24:], uint64(index))
	sum := sha256.Sum256(b[:])
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

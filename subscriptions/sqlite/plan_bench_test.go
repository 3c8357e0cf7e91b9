package sqlite_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// BenchmarkPlan measures claim and settle of parcels of 30 stories, with and without
// a plan of 8 kB, as a digest has.
func BenchmarkPlan(b *testing.B) {
	for name, plan := range map[string][]byte{"without": nil, "with": bytes.Repeat([]byte("plan"), 2000)} {
		b.Run(name, func(b *testing.B) {
			store := open(b, filepath.Join(b.TempDir(), "sjotbot.db"))
			defer closeStore(b, store)
			join(b, store, 100)
			n := 0
			for b.Loop() {
				b.StopTimer()
				for range 30 {
					fanOut(b, store)
				}
				b.StartTimer()
				parcels, err := store.Claim(b.Context(), evening(), subscriptions.ClaimRequest{Platform: "telegram", Parcels: 100, PerParcel: 30, Lease: time.Minute})
				if err != nil {
					b.Fatal(err)
				}
				plans := map[subscriptions.ParcelID][]byte{}
				settlements := make([]subscriptions.Settlement, len(parcels))
				for i, p := range parcels {
					plans[p.ID] = plan
					settlements[i] = subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Sent, Reference: "telegram:123456"}
				}
				if plan != nil {
					if err := store.Plan(b.Context(), plans); err != nil {
						b.Fatal(err)
					}
				}
				if err := store.Settle(b.Context(), evening(), settlements); err != nil {
					b.Fatal(err)
				}
				n += len(parcels)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "digests/s")
		})
	}
}

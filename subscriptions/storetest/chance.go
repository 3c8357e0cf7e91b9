package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

func chanceTests() []test {
	seeds := uint64(12)
	if testing.Short() {
		seeds = 4
	}
	var tests []test
	for seed := range seeds {
		tests = append(tests, test{fmt.Sprintf("whatever happens, each story comes once (%d)", seed), func(w *world) { newChance(w, seed).run() }})
	}
	return tests
}

// chance does at random what the program does, and knows who is owed what.
type chance struct {
	*world
	random *rand.Rand
	fans   []subscriptions.Subscriber
	// follows are the topics of each fan, tells those of each story.
	follows map[subscriptions.SubscriberID][]subscriptions.Topic
	tells   map[subscriptions.StoryID][]subscriptions.Topic
	stories []subscriptions.StoryID
	// sent counts; excused is what was dropped or cancelled, and may never come.
	sent, excused map[told]int
	out           map[subscriptions.SubscriberID]subscriptions.Parcel
}

// told is a story told to a fan.
type told struct {
	fan   subscriptions.SubscriberID
	story subscriptions.StoryID
}

func newChance(w *world, seed uint64) *chance {
	c := &chance{
		world: w, random: rand.New(rand.NewPCG(seed, 11)), //nolint:gosec // to be repeatable
		follows: map[subscriptions.SubscriberID][]subscriptions.Topic{}, tells: map[subscriptions.StoryID][]subscriptions.Topic{},
		sent: map[told]int{}, excused: map[told]int{}, out: map[subscriptions.SubscriberID]subscriptions.Parcel{},
	}
	topics := []subscriptions.Topic{genk, gent, bruges}
	for i := range 9 {
		s := w.person(fmt.Sprintf("fan-%d", i), func(s *subscriptions.Subscriber) { s.Address.Platform = c.platform() })
		for n, topic := range topics {
			if (i+1)>>n&1 == 1 || i == 8 {
				w.follow(s, topic)
				c.follows[s.ID] = append(c.follows[s.ID], topic)
			}
		}
		c.fans = append(c.fans, s)
	}
	return c
}

func (c *chance) platform() subscriptions.Platform {
	return []subscriptions.Platform{telegram, discord}[c.random.IntN(2)]
}

func (c *chance) run() {
	for range 400 {
		switch n := c.random.IntN(100); {
		case n < 15:
			c.publish()
		case n < 30:
			_, err := c.store.Route(c.ctx(), c.now, 1+c.random.IntN(5))
			c.must(err)
		case n < 55:
			c.claimSome(c.platform(), 1+c.random.IntN(4), 1+c.random.IntN(3))
		case n < 85:
			c.settleOne()
		case n < 90:
			c.pass(time.Duration(c.random.IntN(90)) * time.Second)
		case n < 93:
			c.moves()
		case n < 97:
			c.rests()
		case n < 98:
			c.unfollows()
		case n < 99:
			c.links()
		default:
			c.drops()
		}
	}
	c.finish()
}

// fan is anybody.
func (c *chance) fan() *subscriptions.Subscriber { return &c.fans[c.random.IntN(len(c.fans))] }

// publish publishes a new story, or an article that joins one.
func (c *chance) publish() {
	topics := []subscriptions.Topic{genk, gent, bruges}
	c.random.Shuffle(len(topics), func(i, j int) { topics[i], topics[j] = topics[j], topics[i] })
	p := c.article(topics[:1+c.random.IntN(2)]...)
	if len(c.stories) > 0 && c.random.IntN(3) == 0 {
		p.Story = c.stories[c.random.IntN(len(c.stories))]
	}
	a, err := c.store.Publish(c.ctx(), c.now, p)
	c.must(err)
	if p.Story == 0 {
		c.stories = append(c.stories, a.Story)
	}
	for _, tag := range p.Article.Tags {
		c.tells[a.Story] = append(c.tells[a.Story], tag.Topic)
	}
}

// claimSome claims, and checks that nobody has two parcels out nor is told twice.
func (c *chance) claimSome(p subscriptions.Platform, parcels, per int) int {
	claimed := c.world.claimSome(p, parcels, per)
	for _, parcel := range claimed {
		id := parcel.Subscriber.ID
		if parcel.Subscriber.Address.Platform != p {
			c.Errorf("%v was claimed for %s", parcel.Subscriber.Address, p)
		}
		if before, ok := c.out[id]; ok && before.ID != parcel.ID {
			c.Errorf("fan %d has parcels %d and %d out", id, before.ID, parcel.ID)
		}
		if !slices.IsSorted(parcel.Stories) {
			c.Errorf("parcel %d is not in order: %v", parcel.ID, parcel.Stories)
		}
		for i, story := range parcel.Stories {
			if c.sent[told{id, story}] > 0 {
				c.Errorf("story %d was claimed for fan %d, who has it", story, id)
			}
			if len(parcel.Topics[i]) == 0 || parcel.Due[i].After(c.now) {
				c.Errorf("parcel %d: topics %v, due %v", parcel.ID, parcel.Topics[i], parcel.Due[i])
			}
		}
		c.out[id] = parcel
	}
	return len(claimed)
}

// settleOne settles a parcel that is out in any way, or part of it.
func (c *chance) settleOne() {
	for _, fan := range c.fans {
		parcel, ok := c.out[fan.ID]
		if !ok || c.random.IntN(2) == 0 {
			continue
		}
		s := subscriptions.Settlement{Parcel: parcel.ID, Until: c.now.Add(time.Duration(c.random.IntN(60)) * time.Second)}
		s.Outcome = []subscriptions.Outcome{
			subscriptions.Sent, subscriptions.Sent, subscriptions.Sent, subscriptions.Postponed, subscriptions.Deferred, subscriptions.Uncertain,
		}[c.random.IntN(6)]
		stories := parcel.Stories
		if s.Outcome != subscriptions.Uncertain && c.random.IntN(3) == 0 {
			stories = stories[:c.random.IntN(len(stories))]
			s.Stories = stories
		}
		c.settle(s)
		if s.Outcome == subscriptions.Sent {
			for _, story := range stories {
				c.sent[told{fan.ID, story}]++
			}
		}
		if s.Outcome != subscriptions.Uncertain {
			parcel.Stories = slices.DeleteFunc(slices.Clone(parcel.Stories), func(id subscriptions.StoryID) bool { return slices.Contains(stories, id) })
			c.out[fan.ID] = parcel
			if len(parcel.Stories) == 0 {
				delete(c.out, fan.ID)
			}
		}
		return
	}
}

// moves gives a fan an address on the other platform.
func (c *chance) moves() {
	fan := c.fan()
	fan.Address = on(c.platform(), fmt.Sprintf("%s-%d", fan.Address.ID, c.random.IntN(1000)))
	c.save(fan)
}

// rests begins or ends a silence that was asked for.
func (c *chance) rests() {
	fan := c.fan()
	if fan.Rest.Reason == subscriptions.RestNone {
		// What comes meanwhile is not owed: nothing does.
		c.route()
		fan.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked, Since: c.now}
		c.save(fan)
		c.pass(time.Second)
		c.claimSome(fan.Address.Platform, 3, 2)
	}
	fan.Rest = subscriptions.Rest{}
	c.save(fan)
}

// excuse notes that what a fan is owed may never come.
func (c *chance) excuse(fan subscriptions.SubscriberID) {
	for _, story := range c.stories {
		c.excused[told{fan, story}]++
	}
}

// unfollows ends one subscription.
func (c *chance) unfollows() {
	fan := c.fan()
	topics := c.follows[fan.ID]
	if len(topics) < 2 {
		return
	}
	c.change(func(tx subscriptions.Tx) error { return tx.Unfollow(fan.ID, topics[0]) })
	c.follows[fan.ID] = topics[1:]
	c.excuse(fan.ID)
}

// drops finds that a fan cannot be reached, and that he comes back.
func (c *chance) drops() {
	fan := c.fan()
	c.excuse(fan.ID)
	fan.Rest = subscriptions.Rest{Reason: subscriptions.RestBlocked, Since: c.now}
	c.save(fan)
	fan.Rest = subscriptions.Rest{}
	c.save(fan)
	delete(c.out, fan.ID)
}

// links makes two fans one.
func (c *chance) links() {
	if len(c.fans) < 5 {
		return
	}
	i := c.random.IntN(len(c.fans))
	from := c.fans[i]
	c.fans = slices.Delete(c.fans, i, i+1)
	into := c.fan()
	into.Also = append(into.Also, append([]subscriptions.Address{from.Address}, from.Also...)...)
	c.save(into)
	for _, topic := range c.follows[from.ID] {
		if !slices.Contains(c.follows[into.ID], topic) {
			c.follows[into.ID] = append(c.follows[into.ID], topic)
		}
	}
	for _, story := range c.stories {
		a, b := told{from.ID, story}, told{into.ID, story}
		c.sent[b] = max(c.sent[a], c.sent[b])
		c.excused[b] += c.excused[a]
	}
	// Of two parcels one stays; of one, it does, without what the other had.
	parcel, ok := c.out[into.ID]
	if !ok {
		parcel, ok = c.out[from.ID]
	}
	delete(c.out, from.ID)
	parcel.Stories = slices.DeleteFunc(slices.Clone(parcel.Stories), func(y subscriptions.StoryID) bool { return c.sent[told{into.ID, y}] > 0 })
	if delete(c.out, into.ID); ok && len(parcel.Stories) > 0 {
		c.out[into.ID] = parcel
	}
	// He followed from the other's first day: what he missed is not owed to him.
	c.excuse(into.ID)
}

// finish lets all of it come, and counts.
func (c *chance) finish() {
	for claimed := 1; claimed > 0; {
		c.pass(2 * time.Minute)
		c.route()
		claimed = 0
		for _, p := range []subscriptions.Platform{telegram, discord} {
			claimed += c.claimSome(p, 3, 2)
		}
		for id, parcel := range c.out {
			c.settle(sent(parcel))
			for _, story := range parcel.Stories {
				c.sent[told{id, story}]++
			}
		}
		claimed += len(c.out)
		clear(c.out)
	}
	for _, fan := range c.fans {
		for _, story := range c.stories {
			owed := slices.ContainsFunc(c.tells[story], func(t subscriptions.Topic) bool { return slices.Contains(c.follows[fan.ID], t) })
			n := c.sent[told{fan.ID, story}]
			if n > 1 || n == 0 && owed && c.excused[told{fan.ID, story}] == 0 {
				c.Errorf("story %d came %d times to fan %d", story, n, fan.ID)
			}
		}
	}
	for _, p := range []subscriptions.Platform{telegram, discord} {
		next, err := c.store.NextDue(c.ctx(), p)
		c.must(err)
		same(c.world, "next due on "+string(p), next, time.Time{})
	}
	st, err := c.store.Stats(c.ctx(), c.now)
	c.must(err)
	same(c.world, "pending", st.Pending[telegram]+st.Pending[discord]+st.Held, 0)
}

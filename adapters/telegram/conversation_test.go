package telegram_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func TestLines(t *testing.T) {
	t.Parallel()
	const me = "sjotbot_test_bot"
	private := func(s *telegramtest.Server) *telegramtest.Chat { return s.Chat(41) }
	group := func(s *telegramtest.Server) *telegramtest.Chat { return s.Group(-42, "Fans") }
	channel := func(s *telegramtest.Server) *telegramtest.Chat { return s.Channel(-10043, "Nieuws") }
	tests := map[string]struct {
		chat   func(*telegramtest.Server) *telegramtest.Chat
		text   string
		fields map[string]any
		want   string // empty: not for the bot
	}{
		"command":                                  {private, "/volg genk", nil, "/volg genk"},
		"command with line break":                  {private, "/volg\ngenk", nil, "/volg genk"},
		"free text":                                {private, " genk ", nil, "genk"},
		"named command":                            {private, "/volg@" + me + " genk", nil, "/volg genk"},
		"start":                                    {private, "/start", nil, "/start"},
		"start link":                               {private, "/start volg_club-genk", nil, "/start volg_club-genk"},
		"caption":                                  {private, "", map[string]any{"caption": "genk", "photo": []any{}}, "genk"},
		"only a slash":                             {private, "/", nil, ""},
		"sticker":                                  {private, "", map[string]any{"sticker": map[string]any{}}, ""},
		"through inline mode":                      {private, "a story", map[string]any{"via_bot": map[string]any{"id": 123456789, "is_bot": true}}, ""},
		"group command":                            {group, "/volg genk", nil, "/volg genk"},
		"group, another bot":                       {group, "/volg@otherbot genk", nil, ""},
		"group, our name in capitals":              {group, "/volg@SjotBot_Test_Bot genk", nil, "/volg genk"},
		"group talk":                               {group, "genk!", nil, ""},
		"group, to the bot":                        {group, "@" + me + " genk", nil, "genk"},
		"group, to it on a new line":               {group, "@" + me + "\ngenk", nil, "genk"},
		"group, to it with a comma":                {group, "@" + me + ", volg genk", nil, "volg genk"},
		"group, to a longer name":                  {group, "@" + me + "_2 genk", nil, ""},
		"group, only its name":                     {group, "@" + me, nil, ""},
		"group, reply to the bot":                  {group, "genk", map[string]any{"reply_to_message": map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": -42}, "from": map[string]any{"id": 123456789, "is_bot": true}}}, "genk"},
		"group, reply to another":                  {group, "genk", map[string]any{"reply_to_message": map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": -42}, "from": map[string]any{"id": 5}}}, ""},
		"group, the opening of a topic":            {group, "genk", map[string]any{"reply_to_message": map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": -42}, "forum_topic_created": map[string]any{}, "from": map[string]any{"id": 123456789, "is_bot": true}}}, ""},
		"group, another bot speaks":                {group, "/volg genk", map[string]any{"from": map[string]any{"id": 8, "is_bot": true}}, ""},
		"group, forwarded from the linked channel": {group, "/volg genk", map[string]any{"is_automatic_forward": true, "sender_chat": map[string]any{"id": -10043}}, ""},
		"channel command":                          {channel, "/volg genk", nil, "/volg genk"},
		"channel post":                             {channel, "genk", nil, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, telegramtest.Options{}, echo)
			b.run(t)
			c := test.chat(b.server)
			c.SaysWith(test.text, test.fields)
			// What follows is certainly for the bot, and comes after.
			c.Says("/help")
			if test.want != "" {
				if got := c.Sees().Text; got != test.want {
					t.Errorf("the core was asked %q, want %q", got, test.want)
				}
			}
			if got := c.Sees().Text; got != "/help" {
				t.Errorf("the core was asked %q, want nothing before /help", got)
			}
		})
	}
}

// TestOverheard: in a group the core hears which lines may be for somebody else, and its
// silence is kept.
func TestOverheard(t *testing.T) {
	t.Parallel()
	reply := map[string]any{"reply_to_message": map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": -42}, "from": map[string]any{"id": 123456789, "is_bot": true}}}
	tests := map[string]struct {
		chat   int64
		text   string
		fields map[string]any
		want   bool
	}{
		"command":                 {-42, "/ban", nil, true},
		"command for the bot":     {-42, "/volg@sjotbot_test_bot genk", nil, false},
		"to the bot":              {-42, "@sjotbot_test_bot genk", nil, false},
		"reply to the bot":        {-42, "haha", reply, true},
		"to somebody, in a reply": {-42, "@fan haha", reply, true},
		"private":                 {41, "haha", nil, false},
		"private command":         {41, "/ban", nil, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTime(t, telegramtest.Options{}, func(c bot.Command) bot.Reply {
				if c.Overheard {
					return bot.Reply{}
				}
				return echo(c)
			}, func(t *testing.T, b *bench) {
				c := b.server.Group(-42, "Fans")
				if test.chat > 0 {
					c = b.server.Chat(test.chat)
				}
				b.run(t)
				c.SaysWith(test.text, test.fields)
				b.core.sees(t, 1)
				synctest.Wait()
				if got := b.core.lastCommand().Overheard; got != test.want {
					t.Errorf("overheard: %v, want %v", got, test.want)
				}
				if n := len(c.Messages()); (n == 0) != test.want {
					t.Errorf("%d answers", n)
				}
				if strings.Contains(b.log.String(), "not written") {
					t.Error(b.log)
				}
			})
		})
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	type place struct {
		Address string
		Shared  bool
		Manage  string // "anyone", "yes", "no"
	}
	tests := map[string]struct {
		say  func(*telegramtest.Server) *telegramtest.Chat
		want place
	}{
		"private": {func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Chat(51)
			c.Says("/volg genk")
			return c
		}, place{"51", false, "anyone"}},
		"group, member": {func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Group(-52, "Fans")
			c.Says("/volg genk")
			return c
		}, place{"-52", true, "no"}},
		"group, administrator": {func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Group(-53, "Fans").Manager()
			c.Says("/volg genk")
			return c
		}, place{"-53", true, "yes"}},
		"group, anonymous administrator": {func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Group(-54, "Fans")
			c.SaysWith("/volg genk", map[string]any{"sender_chat": map[string]any{"id": -54}, "from": map[string]any{"id": 1087968824, "is_bot": true}})
			return c
		}, place{"-54", true, "yes"}},
		"group, in the name of a channel": {func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Group(-55, "Fans")
			c.SaysWith("/volg genk", map[string]any{"sender_chat": map[string]any{"id": -1009}, "from": map[string]any{"id": 136817688, "is_bot": true}})
			return c
		}, place{"-55", true, "no"}},
		"channel": {func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Channel(-10056, "Nieuws")
			c.Says("/volg genk")
			return c
		}, place{"-10056", true, "yes"}},
		"forum topic": {func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Forum(-10057, "Forum", 12).Manager().Topic(12)
			c.Says("/volg genk")
			return c
		}, place{"-10057/12", true, "yes"}},
		"forum, general": {func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Forum(-10058, "Forum", 12)
			c.Says("/volg genk")
			return c
		}, place{"-10058", true, "no"}},
		"supergroup that hides its members, administrator": {func(s *telegramtest.Server) *telegramtest.Chat {
			s.Break(telegramtest.Fault{Method: "getChatMember", Kind: telegramtest.Refused, Code: 400, Description: "Bad Request: CHAT_ADMIN_REQUIRED"})
			c := s.Group(-10060, "Fans").Manager()
			c.Says("/volg genk")
			return c
		}, place{"-10060", true, "yes"}},
		"supergroup that hides its members, member": {func(s *telegramtest.Server) *telegramtest.Chat {
			s.Break(telegramtest.Fault{Method: "getChatMember", Kind: telegramtest.Refused, Code: 400, Description: "Bad Request: PARTICIPANT_ID_INVALID"})
			c := s.Group(-10061, "Fans")
			c.As(8).Manager()
			c.Says("/volg genk")
			return c
		}, place{"-10061", true, "no"}},
		"chain of replies is no topic": {func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Group(-10059, "Fans")
			c.SaysWith("/volg genk", map[string]any{"message_thread_id": 77})
			return c
		}, place{"-10059", true, "no"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var manage string
			b := newBench(t, telegramtest.Options{}, func(c bot.Command) bot.Reply {
				if manage = "anyone"; c.MayManage != nil {
					may, err := c.MayManage(context.Background())
					if err != nil {
						t.Errorf("MayManage: %v", err)
					}
					manage = map[bool]string{true: "yes", false: "no"}[may]
				}
				return echo(c)
			})
			b.run(t)
			test.say(b.server).Sees() // the answer lands where the question was
			c := b.core.lastCommand()
			got := place{c.Place.Address.ID, c.Place.Shared, manage}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestButtons(t *testing.T) {
	t.Parallel()
	ask := func(c bot.Command) bot.Reply {
		switch {
		case c.Pressed && c.Args == "only":
			return bot.Reply{Toast: "Done"}
		case c.Pressed && c.Args == "+why 12":
			return bot.Reply{Beside: true, Message: bot.Message{Text: "Because."}}
		case c.Pressed && c.Args == "private x":
			return bot.Reply{Private: true, Message: bot.Message{Text: "Only for you"}}
		case c.Pressed:
			return bot.Reply{Toast: "Toast", Message: bot.Message{Title: "Chosen", Text: c.Args}}
		}
		return bot.Reply{Message: bot.Message{Text: "Which one?", Buttons: [][]bot.Button{
			{{Text: "Genk", Command: "follow club/genk"}, {Text: "Gent", Command: "follow club/gent", Chosen: true}},
			{{Text: "Only toast", Command: "only"}, {Text: "Private", Command: "private x"}, {Text: "Site", URL: "https://example.org/"}},
			{{Text: "Why", Command: "+why 12"}},
		}}}
	}

	t.Run("edits the message under it", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, ask)
		b.run(t)
		c := b.server.Chat(1)
		c.Says("/volg")
		asked := c.Sees()
		want := [][]telegramtest.Button{
			{{Text: "Genk", Data: "follow club/genk"}, {Text: "✓ Gent", Data: "follow club/gent"}},
			{{Text: "Only toast", Data: "only"}, {Text: "Private", Data: "private x"}, {Text: "Site", URL: "https://example.org/"}},
			{{Text: "Why", Data: "+why 12"}},
		}
		if diff := cmp.Diff(want, asked.Buttons); diff != "" {
			t.Error(diff)
		}
		toast, alert := c.Presses("Genk").Toast()
		if toast != "Toast" || alert {
			t.Errorf("toast %q, alert %v", toast, alert)
		}
		m := c.Sees()
		if m.ID != asked.ID || m.Text != "Chosen\n\nfollow club/genk" || len(m.Buttons) != 0 {
			t.Errorf("edited message %d: %q %v", m.ID, m.Text, m.Buttons)
		}
	})
	t.Run("only a toast", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, ask)
		b.run(t)
		c := b.server.Chat(1)
		c.Says("/volg")
		c.Sees()
		if toast, _ := c.Presses("Only toast").Toast(); toast != "Done" {
			t.Errorf("toast %q", toast)
		}
	})
	t.Run("beside a story", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, ask)
		b.run(t)
		c := b.server.Chat(1)
		c.Says("/volg")
		asked := c.Sees()
		c.Presses("Why").Toast()
		if m := c.Sees(); m.ID == asked.ID || m.Text != "Because." || m.ReplyTo != asked.ID {
			t.Errorf("message %d, reply to %d: %q", m.ID, m.ReplyTo, m.Text)
		}
	})
	t.Run("a message too old is said anew", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, ask)
		b.run(t)
		c := b.server.Chat(1)
		c.Says("/volg")
		asked := c.Sees()
		c.Forgets()
		c.Presses("Genk").Toast()
		if m := c.Sees(); m.ID == asked.ID || m.Text != "Chosen\n\nfollow club/genk" {
			t.Errorf("message %d: %q", m.ID, m.Text)
		}
	})
	t.Run("a message that was deleted is said anew", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, ask)
		b.run(t)
		c := b.server.Chat(1)
		c.Says("/volg")
		asked := c.Sees()
		b.server.Break(telegramtest.Fault{
			Method: "editMessageText", Kind: telegramtest.Refused, Code: 400, Times: 1, Description: "Bad Request: message to edit not found",
		})
		c.Presses("Genk").Toast()
		if m := c.Sees(); m.ID == asked.ID || m.Text != "Chosen\n\nfollow club/genk" {
			t.Errorf("message %d: %q", m.ID, m.Text)
		}
		if n := len(c.Messages()); n != 2 {
			t.Errorf("%d messages, want 2", n)
		}
	})
	t.Run("the same again is no failure", func(t *testing.T) {
		t.Parallel()
		same := bot.Reply{Toast: "Again", Message: bot.Message{Text: "Same", Buttons: [][]bot.Button{{{Text: "Again", Command: "again"}}}}}
		b := newBench(t, telegramtest.Options{}, func(bot.Command) bot.Reply { return same })
		b.run(t)
		c := b.server.Chat(1)
		c.Says("/x")
		c.Sees()
		c.Presses("Again").Toast()
		c.Says("/y")
		if m := c.Sees(); m.Edits != 0 {
			t.Errorf("message %d was edited", m.ID)
		}
		if n := len(c.Messages()); n != 2 {
			t.Errorf("%d messages, want 2", n)
		}
		if strings.Contains(b.log.String(), "not written") {
			t.Error(b.log)
		}
	})
	t.Run("private in a group is an alert", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, ask)
		b.run(t)
		c := b.server.Group(-1, "Fans")
		c.Says("/volg")
		c.Sees()
		if toast, alert := c.Presses("Private").Toast(); toast != "Only for you" || !alert {
			t.Errorf("toast %q, alert %v", toast, alert)
		}
		if n := len(c.Messages()); n != 1 {
			t.Errorf("%d messages, want 1", n)
		}
	})
	t.Run("private in a group, too long for an alert, leaves what all may press", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, func(c bot.Command) bot.Reply {
			if c.Pressed {
				return bot.Reply{Private: true, Message: bot.Message{Text: strings.Repeat("help ", 60)}}
			}
			return ask(c)
		})
		b.run(t)
		c := b.server.Group(-1, "Fans")
		c.Says("/volg")
		asked := c.Sees()
		c.As(8).Presses("Genk").Toast()
		if m := c.Sees(); m.ID == asked.ID || m.ReplyTo != asked.ID {
			t.Errorf("message %d, reply to %d: %q", m.ID, m.ReplyTo, m.Text)
		}
	})
	t.Run("private in a channel is an alert, however long", func(t *testing.T) {
		t.Parallel()
		long := strings.Repeat("waarom ", 60)
		b := newBench(t, telegramtest.Options{}, func(c bot.Command) bot.Reply {
			if c.Pressed {
				return bot.Reply{Beside: true, Private: true, Message: bot.Message{
					Text: long, Buttons: [][]bot.Button{{{Text: "Naar De Bal", URL: "https://bal.example/7"}}},
				}}
			}
			return ask(c)
		})
		b.run(t)
		c := b.server.Channel(-1, "Nieuws")
		c.Says("/volg")
		c.Sees()
		if toast, alert := c.Presses("Why").Toast(); !strings.HasSuffix(toast, "waarom…") || len(toast) > 210 || !alert {
			t.Errorf("toast %q, alert %v", toast, alert)
		}
		if n := len(c.Messages()); n != 1 {
			t.Errorf("%d messages, want 1", n)
		}
	})
	t.Run("under an inline message", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, ask)
		b.run(t)
		c := b.server.Chat(1)
		if toast, alert := c.PressesInline("follow club/genk").Toast(); toast != "Chosen\n\nfollow club/genk" || !alert {
			t.Errorf("toast %q, alert %v", toast, alert)
		}
	})
	t.Run("forgotten by Telegram", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, ask)
		c := b.server.Chat(1)
		b.run(t)
		c.Says("/volg")
		c.Sees()
		b.server.Break(telegramtest.Fault{
			Method: "answerCallbackQuery", Kind: telegramtest.Refused, Code: 400, Times: 1,
			Description: "Bad Request: query is too old and response timeout expired or query ID is invalid",
		})
		c.Presses("Genk")
		if m := c.Sees(); m.Text != "Chosen\n\nfollow club/genk" {
			t.Errorf("%q", m.Text)
		}
	})
}

func TestFileReply(t *testing.T) {
	t.Parallel()
	b := newBench(t, telegramtest.Options{}, func(bot.Command) bot.Reply {
		return bot.Reply{Message: bot.Message{Text: "Here it is."}, File: &bot.File{Name: "sjotbot.json", Data: []byte(`{"a":1}`)}}
	})
	b.run(t)
	c := b.server.Forum(-1001, "Forum", 9).Topic(9)
	c.Says("/export")
	if m := c.Sees(); m.Text != "Here it is." {
		t.Errorf("%q", m.Text)
	}
	want := &telegramtest.Document{Field: "document", Name: "sjotbot.json", Data: []byte(`{"a":1}`)}
	if diff := cmp.Diff(want, c.Sees().Document); diff != "" {
		t.Error(diff)
	}
}

func TestStanding(t *testing.T) {
	t.Parallel()
	at := func(id string) subscriptions.Address {
		return subscriptions.Address{Platform: telegram.Platform, ID: id}
	}
	tests := map[string]struct {
		happens func(*telegramtest.Server)
		want    bot.Notice
	}{
		"blocked":                           {func(s *telegramtest.Server) { s.Chat(61).Blocks() }, bot.Notice{Kind: bot.NoticeRemoved, Address: at("61"), Reason: subscriptions.RestBlocked}},
		"unblocked":                         {func(s *telegramtest.Server) { s.Chat(61).Unblocks() }, bot.Notice{Kind: bot.NoticeBack, Address: at("61")}},
		"kicked":                            {func(s *telegramtest.Server) { s.Group(-62, "g").Kicks() }, bot.Notice{Kind: bot.NoticeRemoved, Address: at("-62"), Reason: subscriptions.RestKicked}},
		"muted":                             {func(s *telegramtest.Server) { s.Group(-62, "g").Mutes() }, bot.Notice{Kind: bot.NoticeRemoved, Address: at("-62"), Reason: subscriptions.RestNoRight}},
		"admitted":                          {func(s *telegramtest.Server) { s.Channel(-63, "c").Admits() }, bot.Notice{Kind: bot.NoticeBack, Address: at("-63")}},
		"channel without the right to post": {func(s *telegramtest.Server) { s.Channel(-63, "c").Mutes() }, bot.Notice{Kind: bot.NoticeRemoved, Address: at("-63"), Reason: subscriptions.RestNoRight}},
		"topic open again":                  {func(s *telegramtest.Server) { s.Forum(-64, "f", 3).ReopenTopic(3) }, bot.Notice{Kind: bot.NoticeBack, Address: at("-64/3")}},
		"group moved":                       {func(s *telegramtest.Server) { s.Group(-65, "g").Migrates(-10065, true) }, bot.Notice{Kind: bot.NoticeMoved, Address: at("-65"), Moved: at("-10065")}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, telegramtest.Options{}, echo)
			b.run(t)
			test.happens(b.server)
			b.core.sees(t, 1)
			got := b.core.lastNotice()
			got.Mark = subscriptions.Mark{}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestMutedGroupButtons: the buttons of an answer that comes in private instead are left
// out, because pressed there they would change what the person follows himself.
func TestMutedGroupButtons(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, func(bot.Command) bot.Reply {
		return bot.Reply{Message: bot.Message{Text: "Fans volgt KRC Genk.", Buttons: [][]bot.Button{
			{{Text: "Ontvolg", Command: "unfollow club/genk"}}, {{Text: "Site", URL: "https://bal.example/"}},
		}}}
	}, func(t *testing.T, b *bench) {
		asker := b.server.Chat(7001)
		c := b.server.Group(-5, "Fans")
		c.Refuses(400, "Bad Request: not enough rights to send text messages to the chat")
		b.run(t)
		c.Says("/lijst")
		want := [][]telegramtest.Button{{{Text: "Site", URL: "https://bal.example/"}}}
		if diff := cmp.Diff(want, asker.Sees().Buttons); diff != "" {
			t.Error(diff)
		}
	})
}

// TestGroupThatOpens: a group that lets its members write again, of which Telegram says
// nothing, hears stories again from the first answer on.
func TestGroupThatOpens(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		c := b.server.Forum(-1005, "Fans", 3).Topic(3)
		b.run(t)
		c.Refuses(400, "Bad Request: not enough rights to send text messages to the chat")
		c.Says("/een")
		b.server.Chat(7001).Sees()
		c.Opens()
		c.Says("/twee")
		c.Sees()
		c.Says("/drie")
		c.Sees()
		b.core.sees(t, 4)
		want := []bot.Notice{{Kind: bot.NoticeBack, Address: at("-1005/3")}}
		if diff := cmp.Diff(want, b.core.allNotices()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestInline(t *testing.T) {
	t.Parallel()
	b := newBench(t, telegramtest.Options{}, func(c bot.Command) bot.Reply {
		if c.Args == "nothing" {
			return bot.Reply{Message: bot.Message{Text: "No news about nothing."}}
		}
		item := bot.Item{Story: 1, Title: "Genk wint & viert <feest>", URL: "https://example.org/a", Publisher: "De Bal", Age: "3 min", Image: "https://example.org/a.jpg"}
		hidden := item
		hidden.Story, hidden.Spoiler = 2, true
		return bot.Reply{Message: bot.Message{Title: "News", Items: []bot.Item{item, hidden, item}}}
	})
	b.run(t)
	c := b.server.Chat(1)
	results, _ := c.Types("genk").Results()
	if len(results) != 2 {
		t.Fatalf("%d results, want 2: the same story once", len(results))
	}
	if got := results[0].Title + "|" + results[0].Description; got != "Genk wint & viert <feest>|De Bal, 3 min" {
		t.Errorf("first result: %s", got)
	}
	if r := results[1]; strings.Contains(r.Title+r.Description+r.URL+r.Thumbnail, "wint") || !strings.Contains(r.Content.Text, "<tg-spoiler>") || r.Thumbnail != "" {
		t.Errorf("a hidden result shows: %+v", r)
	}
	if got := b.core.lastCommand(); got.Name != "news" || got.Args != "genk" || got.Mark != (subscriptions.Mark{}) {
		t.Errorf("the core was asked %+v", got)
	}
	if results, button := c.Types("nothing").Results(); len(results) != 0 || button != "No news about nothing." {
		t.Errorf("%d results, button %q", len(results), button)
	}
}

// TestLateInline: what was typed while the bot was away needs nobody's attention.
func TestLateInline(t *testing.T) {
	t.Parallel()
	b := newBench(t, telegramtest.Options{}, echo)
	b.server.Break(telegramtest.Fault{
		Method: "answerInlineQuery", Kind: telegramtest.Refused, Code: 400, Times: 1,
		Description: "Bad Request: query is too old and response timeout expired or query ID is invalid",
	})
	b.run(t)
	c := b.server.Chat(5)
	c.Types("genk")
	c.Says("/help")
	c.Sees()
	b.core.sees(t, 2)
	if strings.Contains(b.log.String(), "level=ERROR") {
		t.Error(b.log)
	}
}

func TestTokenRefused(t *testing.T) {
	t.Parallel()
	for name, token := range map[string]string{"revoked": "123456789:AAtest-token-that-is-no-token-other", "of no form": "AAtest-token-that-is-no-token"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, telegramtest.Options{}, echo)
			b.config.Token = token
			b.restart(t)
			_, err := b.bot.Check(t.Context())
			for what, err := range map[string]error{"Check": err, "Run": b.bot.Run(t.Context(), b.core)} {
				if err == nil || !strings.Contains(err.Error(), "SJOTBOT_TELEGRAM_TOKEN") || strings.Contains(err.Error(), "AAtest") {
					t.Errorf("%s: %v", what, err)
				}
			}
			b.server.Chat(1)
			r := b.bot.Send(t.Context(), subscriptions.Address{Platform: telegram.Platform, ID: "1"}, bot.Message{Text: "x"})
			if r.Result != bot.ResultHalted {
				t.Errorf("Send: %+v", r)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	b := newBench(t, telegramtest.Options{}, echo)
	if name, err := b.bot.Check(t.Context()); name != "@sjotbot_test_bot" || err != nil {
		t.Errorf("%q, %v", name, err)
	}
	b.server.Break(telegramtest.Fault{Kind: telegramtest.BadGateway, Times: 1})
	if _, err := b.bot.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "502") {
		t.Errorf("Check behind a broken proxy: %v", err)
	}
	b.server.Close()
	_, err := b.bot.Check(t.Context())
	if err == nil || strings.Contains(err.Error(), "AAtest") || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Check of a server that is down: %v", err)
	}
}

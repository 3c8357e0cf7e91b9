package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// privacy says what is kept, why, how long, and how to have it erased.
func (c *Commands) privacy(_ context.Context, r *request) (Reply, error) {
	return Reply{
		Message: Message{
			Title: r.say.Text("privacy.title", nil),
			Text: paragraphs(
				r.say.Text("privacy.what", nil),
				r.say.Text("privacy.why", nil),
				r.say.Text("privacy.how-long", nil),
				r.say.Text("privacy.yours", locale.Args{"export": r.slash("export"), "forget": r.slash("forget")})),
			Buttons: rows(row,
				button(r.say.Text("button.export", nil), "export"),
				button(r.say.Text("button.forget", nil), "forget")),
		},
		Private: true,
	}, nil
}

// export sends all that is kept about the place as a file.
func (c *Commands) export(ctx context.Context, r *request) (Reply, error) {
	if !r.known() {
		return r.private("forget.nothing", nil), nil
	}
	kept, err := c.Registry.Export(ctx, r.subscriber.ID)
	if err != nil {
		return Reply{}, fmt.Errorf("export subscriber: %w", err)
	}
	data, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return Reply{}, fmt.Errorf("write export: %w", err)
	}
	reply := r.private("export.done", nil)
	reply.File = &File{Name: "sjotbot.json", Data: append(data, '\n')}
	return reply, nil
}

// forgetYes confirms forget. It is no word of any language, so that nobody types
// it by mistake.
const forgetYes = "confirm"

// forget erases all that is kept about the place, once that is confirmed. Who names
// something wants that alone gone from his list: "verwijder genk".
func (c *Commands) forget(ctx context.Context, r *request) (Reply, error) {
	what := fold(r.args)
	if what != "" && r.args != forgetYes && !r.everything(what) && !c.vocabulary.means(what, "mine") {
		return c.unfollow(ctx, r)
	}
	if !r.known() {
		return r.private("forget.nothing", nil), nil
	}
	if r.args != forgetYes {
		reply := r.private(r.here("forget.ask"), nil)
		yes := button(r.say.Text("forget.yes", nil), "forget", forgetYes)
		no := button(r.say.Text("forget.no", nil), "following")
		reply.Message.Buttons = rows(row, yes, no)
		r.expect(yes, no)
		return reply, nil
	}
	id := r.subscriber.ID
	err := r.write(ctx, func(tx subscriptions.Tx) error { return tx.Erase(id) })
	if err != nil && !errors.Is(err, subscriptions.ErrNotFound) {
		return Reply{}, err
	}
	r.subscriber = subscriptions.Subscriber{}
	reply := r.text("forget.done", nil)
	reply.Private = r.command.Place.Shared
	return reply, nil
}

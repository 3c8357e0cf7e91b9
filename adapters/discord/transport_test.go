package discord_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/bot/bottest"
)

func TestDeadConnection(t *testing.T) {
	t.Parallel()
	bottest.RunDeadConnection(t, `{"name":"Sjotbot","bot":{"username":"sjotbot"}}`, discord.NewTransport,
		func(server string, over http.RoundTripper) (func(context.Context) error, error) {
			b, err := discord.New(discord.Config{Token: "MTIz.token", APIURL: server, Transport: over})
			return func(ctx context.Context) error { _, err := b.Check(ctx); return err }, err
		})
}

package telegram_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot/bottest"
)

func TestDeadConnection(t *testing.T) {
	t.Parallel()
	bottest.RunDeadConnection(t, `{"ok":true,"result":{"id":1,"is_bot":true,"username":"bal_bot"}}`, telegram.NewTransport,
		func(server string, over http.RoundTripper) (func(context.Context) error, error) {
			b, err := telegram.New(telegram.Config{Token: telegramtest.Token, APIURL: server, Transport: over})
			return func(ctx context.Context) error { _, err := b.Check(ctx); return err }, err
		})
}

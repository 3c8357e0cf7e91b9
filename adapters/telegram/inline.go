package telegram

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/sjotbot/sjotbot/bot"
)

const (
	// maxInline is the most results of one inline answer (Bot API, answerInlineQuery).
	maxInline = 50
	// inlineCache is how many seconds Telegram may repeat an inline answer.
	inlineCache = 30
	// inlineStart is the parameter of /start when someone comes to the bot from there.
	// It names no command, so that the bot greets.
	inlineStart = "from_inline"
)

type inlineArticle struct {
	Type        string     `json:"type"`
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Content     inlineText `json:"input_message_content"`
	URL         string     `json:"url,omitempty"`
	Description string     `json:"description,omitempty"`
	Thumbnail   string     `json:"thumbnail_url,omitempty"`
}

type inlineText struct {
	Text      string         `json:"message_text"`
	ParseMode string         `json:"parse_mode"`
	Preview   map[string]any `json:"link_preview_options"`
}

// receiveInline answers "@bot genk", typed in any chat, with the latest stories to
// share: what the command news would list for that person.
func (b *Bot) receiveInline(ctx context.Context, q *inlineQuery, h bot.Handler) error {
	var reply bot.Reply
	if q.Offset == "" {
		reply = h.Handle(ctx, bot.Command{
			Place:    bot.Place{Address: place{chat: q.From.ID}.address()},
			Name:     "news",
			Args:     strings.TrimSpace(q.Query),
			Language: q.From.LanguageCode,
		})
	}
	params := tgbotapi.Params{
		"inline_query_id": q.ID,
		"results":         encoded(inlineArticles(reply.Message.Items)),
		"cache_time":      strconv.Itoa(inlineCache),
		"is_personal":     "true",
	}
	// Nothing found: say so above the empty list, with the way to the bot itself.
	if text := shortened(joined(" ", clean(reply.Message.Title), clean(reply.Message.Text)), maxButtonUnits); len(reply.Message.Items) == 0 && text != "" {
		params["button"] = encoded(map[string]any{"text": text, "start_parameter": inlineStart})
	}
	err := b.callBriefly(ctx, "answerInlineQuery", params)
	var e *apiError
	if errors.As(err, &e) && e.says("query is too old") { // he typed on, or it came while we were away
		b.log.Debug("an inline query was not answered", "platform", Platform, "error", err)
		return nil
	}
	return err
}

// inlineArticles returns the stories as results. A story whose result is hidden
// shows only where it stands, until it is shared and tapped.
func inlineArticles(items []bot.Item) []inlineArticle {
	all := []inlineArticle{}    // an empty list, not null
	listed := map[string]bool{} // an id given twice spoils the whole answer
	for _, it := range items {
		if len(all) == maxInline {
			break
		}
		it.Compact = false
		it = fitted(it)
		text := rendered(bot.Message{Items: []bot.Item{it}}, false)
		origin := joined(" ", it.Label, joined(", ", it.Publisher, it.Age))
		a := inlineArticle{
			Type: "article", ID: inlineID(it),
			Title: it.Title, Description: origin, URL: webAddress(it.URL), Thumbnail: webAddress(it.Image),
			Content: inlineText{text.String(), "HTML", map[string]any{"is_disabled": true}},
		}
		if it.Spoiler {
			a.Title, a.Description, a.Thumbnail, a.URL = "▒▒▒▒▒", origin, "", ""
		}
		if a.Title != "" && !listed[a.ID] {
			listed[a.ID] = true
			all = append(all, a)
		}
	}
	return all
}

// inlineID names a result: 64 bytes at most, the same story always the same.
func inlineID(it bot.Item) string {
	sum := sha256.Sum256([]byte(strconv.FormatInt(int64(it.Story), 10) + " " + it.URL + " " + it.Title))
	return hex.EncodeToString(sum[:16])
}

package telegramtest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// method is one method of the Bot API that the server has.
type method struct {
	params string // the names of those it knows
	do     func(*Server, request) apiReply
}

func methods() map[string]method {
	return map[string]method{
		"getMe":                 {"", (*Server).getMe},
		"getUpdates":            {"offset limit timeout allowed_updates", nil},
		"deleteWebhook":         {"drop_pending_updates", (*Server).deleteWebhook},
		"sendMessage":           {"chat_id message_thread_id text parse_mode link_preview_options disable_notification reply_parameters reply_markup", (*Server).sendMessage},
		"sendDocument":          {"chat_id message_thread_id document caption parse_mode disable_notification reply_parameters reply_markup", (*Server).sendDocument},
		"editMessageText":       {"chat_id message_id inline_message_id text parse_mode link_preview_options reply_markup", (*Server).editMessageText},
		"answerCallbackQuery":   {"callback_query_id text show_alert", (*Server).answerCallbackQuery},
		"answerInlineQuery":     {"inline_query_id results cache_time is_personal next_offset button", (*Server).answerInlineQuery},
		"getChat":               {"chat_id", (*Server).getChat},
		"getChatMember":         {"chat_id user_id", (*Server).getChatMember},
		"getChatAdministrators": {"chat_id", (*Server).getChatAdministrators},
		"setMyCommands":         {"commands scope language_code", (*Server).setMyCommands},
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

func bad(description string) apiReply {
	return refuse(http.StatusBadRequest, "Bad Request: "+description)
}

func (s *Server) getMe(request) apiReply {
	return result(map[string]any{
		"id": s.botID(), "is_bot": true, "first_name": "Sjotbot", "username": s.options.Username,
		"can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": true,
	})
}

// botID is the number in front of the token, as with the real server.
func (s *Server) botID() int64 {
	number, _, _ := strings.Cut(s.options.Token, ":")
	id, _ := strconv.ParseInt(number, 10, 64)
	return id
}

func (s *Server) deleteWebhook(request) apiReply {
	s.webhook = false
	return result(true)
}

// target finds where a message should go, or refuses.
func (s *Server) target(q request) (*room, int, *apiReply) {
	no := func(a apiReply) (*room, int, *apiReply) { return nil, 0, &a }
	id, err := strconv.ParseInt(q.params.Get("chat_id"), 10, 64)
	if err != nil {
		return no(bad("chat not found"))
	}
	r := s.chats[id]
	thread := 0
	if t := q.params.Get("message_thread_id"); t != "" {
		if thread, err = strconv.Atoi(t); err != nil {
			return no(bad("invalid message thread identifier specified"))
		}
	}
	switch {
	case r == nil:
		return no(bad("chat not found"))
	case r.movedTo != 0:
		a := bad("group chat was upgraded to a supergroup chat")
		a.Parameters = &replyParameters{MigrateTo: r.movedTo}
		return no(a)
	case r.refusal != nil:
		return no(*r.refusal)
	case thread != 0 && r.topics[thread] == topicNone:
		return no(bad("message thread not found"))
	case thread != 0 && r.topics[thread] == topicClosed:
		return no(bad("TOPIC_CLOSED"))
	}
	return r, thread, nil
}

// content reads the text and the buttons of a message, or refuses.
func content(params url.Values) (parsed, [][]Button, *apiReply) {
	no := func(why string) (parsed, [][]Button, *apiReply) { a := bad(why); return parsed{}, nil, &a }
	p := parsed{text: strings.TrimSpace(params.Get("text"))}
	p.shown = p.text
	switch params.Get("parse_mode") {
	case "":
	case "HTML":
		var err error
		if p, err = parseHTML(params.Get("text")); err != nil {
			return no(err.Error())
		}
	default:
		return no("unsupported parse_mode")
	}
	if p.text == "" {
		return no("message text is empty")
	}
	if p.units() > 4096 {
		return no("message is too long")
	}
	if p.entities > 100 {
		return no("ENTITIES_TOO_LONG")
	}
	markup := params.Get("reply_markup")
	if markup == "" {
		return p, nil, nil
	}
	var k struct {
		Rows [][]Button `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(markup), &k); err != nil || k.Rows == nil {
		return no("can't parse reply keyboard markup JSON object")
	}
	n := 0
	for _, row := range k.Rows {
		for _, b := range row {
			n++
			switch {
			case strings.TrimSpace(b.Text) == "":
				return no("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
			case len(b.Data) > 64 || (b.Data == "") == (b.URL == ""):
				return no("BUTTON_DATA_INVALID")
			case b.URL != "" && !strings.HasPrefix(b.URL, "http://") && !strings.HasPrefix(b.URL, "https://"):
				return no("BUTTON_URL_INVALID")
			}
		}
	}
	if n > 100 {
		return no("REPLY_MARKUP_TOO_LONG")
	}
	return p, k.Rows, nil
}

func (s *Server) sendMessage(q request) apiReply {
	r, thread, no := s.target(q)
	if no != nil {
		return *no
	}
	p, buttons, no := content(q.params)
	if no != nil {
		return *no
	}
	if no := s.limited(r.id); no != nil {
		return *no
	}
	return s.post(r, thread, q, &Message{Text: p.text, Shown: p.shown, Hidden: p.hidden, Links: p.links, Markup: q.params.Get("text"), Buttons: buttons})
}

func (s *Server) sendDocument(q request) apiReply {
	r, thread, no := s.target(q)
	if no != nil {
		return *no
	}
	if q.file == nil || q.file.Field != "document" || len(q.file.Data) == 0 {
		return bad("file must be non-empty")
	}
	if no := s.limited(r.id); no != nil {
		return *no
	}
	return s.post(r, thread, q, &Message{Text: q.params.Get("caption"), Shown: "(file " + q.file.Name + ")", Document: q.file})
}

// post puts a message of the bot into a chat.
func (s *Server) post(r *room, thread int, q request, m *Message) apiReply {
	s.lastID++
	m.ID, m.Chat, m.Thread, m.Date = s.lastID, r.id, thread, s.options.Now()
	m.Silent = q.params.Get("disable_notification") == "true"
	m.Preview = q.params.Get("link_preview_options")
	if to := q.params.Get("reply_parameters"); to != "" {
		var reply struct {
			ID    int  `json:"message_id"`
			Allow bool `json:"allow_sending_without_reply"`
		}
		if err := json.Unmarshal([]byte(to), &reply); err != nil {
			return bad("can't parse reply parameters JSON object")
		}
		if !r.said[reply.ID] && !reply.Allow {
			return bad("message to be replied not found")
		}
		m.ReplyTo = reply.ID
	}
	r.keep(m)
	s.counts.Messages++
	return result(s.describe(r, m))
}

// describe returns a message of the bot as the Bot API shows it.
func (s *Server) describe(r *room, m *Message) map[string]any {
	d := map[string]any{
		"message_id": m.ID, "date": m.Date.Unix(), "chat": r.describe(), "text": m.Text,
		"from": map[string]any{"id": s.botID(), "is_bot": true, "first_name": "Sjotbot", "username": s.options.Username},
	}
	if m.Thread != 0 {
		d["message_thread_id"], d["is_topic_message"] = m.Thread, true
	}
	return d
}

func (s *Server) editMessageText(q request) apiReply {
	r, _, no := s.target(q)
	if no != nil {
		return *no
	}
	id, _ := strconv.Atoi(q.params.Get("message_id"))
	m := r.message(id)
	if m == nil || m.Document != nil {
		return bad("message to edit not found")
	}
	if m.Old {
		return bad("message can't be edited")
	}
	p, buttons, no := content(q.params)
	if no != nil {
		return *no
	}
	if m.Markup == q.params.Get("text") && sameButtons(m.Buttons, buttons) {
		return bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	e := *m
	e.Text, e.Shown, e.Hidden, e.Links, e.Markup, e.Buttons = p.text, p.shown, p.hidden, p.links, q.params.Get("text"), buttons
	e.Preview = q.params.Get("link_preview_options")
	e.Edits++
	r.replace(&e)
	return result(s.describe(r, &e))
}

func sameButtons(a, b [][]Button) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

func (s *Server) answerCallbackQuery(q request) apiReply {
	p := s.presses[q.params.Get("callback_query_id")]
	if p == nil || p.answered || p.expired {
		return bad("query is too old and response timeout expired or query ID is invalid")
	}
	if len([]rune(q.params.Get("text"))) > 200 {
		return bad("MESSAGE_TOO_LONG")
	}
	p.answered = true
	p.toast, p.alert = q.params.Get("text"), q.params.Get("show_alert") == "true"
	if p.room != nil && p.toast != "" {
		p.room.log = append(p.room.log, entry{kind: "toast", thread: p.thread, text: p.toast})
	}
	return result(true)
}

func (s *Server) answerInlineQuery(q request) apiReply {
	in := s.inline[q.params.Get("inline_query_id")]
	if in == nil || in.answered {
		return bad("query is too old and response timeout expired or query ID is invalid")
	}
	var results []InlineResult
	if err := json.Unmarshal([]byte(q.params.Get("results")), &results); err != nil || results == nil || len(results) > 50 {
		return bad("can't parse inline query results JSON object")
	}
	seen := map[string]bool{}
	for _, r := range results {
		switch {
		case r.Type != "article" || r.Title == "":
			return bad("ARTICLE_TITLE_EMPTY")
		case r.ID == "" || len(r.ID) > 64:
			return bad("RESULT_ID_INVALID")
		case seen[r.ID]:
			return bad("RESULT_ID_DUPLICATE")
		}
		seen[r.ID] = true
		if _, err := parseHTML(r.Content.Text); r.Content.ParseMode == "HTML" && err != nil {
			return bad(err.Error())
		}
	}
	if b := q.params.Get("button"); b != "" {
		var button struct {
			Text  string `json:"text"`
			Start string `json:"start_parameter"`
		}
		if err := json.Unmarshal([]byte(b), &button); err != nil || button.Text == "" || !isStartParameter(button.Start) {
			return bad("START_PARAM_INVALID")
		}
		in.button = button.Text
	}
	in.answered, in.results = true, results
	return result(true)
}

// isStartParameter: 1-64 of letters, digits, "_" and "-".
func isStartParameter(p string) bool {
	return len(p) >= 1 && len(p) <= 64 && strings.Trim(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == ""
}

func (s *Server) getChat(q request) apiReply {
	r, _, no := s.target(q)
	if no != nil {
		return *no
	}
	d := r.describe()
	if slow := s.limiter.chat(r.id).slow; slow > 0 {
		d["slow_mode_delay"] = int(slow.Seconds())
	}
	return result(d)
}

func (s *Server) getChatMember(q request) apiReply {
	r, _, no := s.target(q)
	if no != nil {
		return *no
	}
	id, err := strconv.ParseInt(q.params.Get("user_id"), 10, 64)
	if err != nil {
		return bad("invalid user_id specified")
	}
	status := r.members[id]
	if status == "" {
		status = "member"
	}
	return result(map[string]any{"status": status, "user": map[string]any{"id": id, "is_bot": false, "first_name": "Fan"}})
}

func (s *Server) getChatAdministrators(q request) apiReply {
	r, _, no := s.target(q)
	if no != nil {
		return *no
	}
	list := []any{} // not null
	for id, status := range r.members {
		if status == "administrator" || status == "creator" {
			list = append(list, map[string]any{"status": status, "user": map[string]any{"id": id, "is_bot": false, "first_name": "Fan"}})
		}
	}
	return result(list)
}

// Command is one line of a menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

func (s *Server) setMyCommands(q request) apiReply {
	var list []Command
	if err := json.Unmarshal([]byte(q.params.Get("commands")), &list); err != nil {
		return bad("can't parse commands JSON object")
	}
	if len(list) > 100 {
		return bad("BOT_COMMANDS_TOO_MUCH")
	}
	for _, c := range list {
		if len(c.Command) < 1 || len(c.Command) > 32 || strings.Trim(c.Command, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return bad("BOT_COMMAND_INVALID")
		}
		if n := len([]rune(c.Description)); n < 1 || n > 256 {
			return bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	scope := struct {
		Type string `json:"type"`
	}{"default"}
	if sc := q.params.Get("scope"); sc != "" {
		if err := json.Unmarshal([]byte(sc), &scope); err != nil {
			return bad("can't parse BotCommandScope")
		}
	}
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
	default:
		return bad("unsupported scope")
	}
	s.menus[scope.Type+":"+q.params.Get("language_code")] = list
	return result(true)
}

// Menu returns the menu that the bot set for a scope ("default", "all_group_chats")
// and a language; an empty language is for all that have none of their own.
func (s *Server) Menu(scope, language string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Command(nil), s.menus[scope+":"+language]...)
}

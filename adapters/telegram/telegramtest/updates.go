package telegramtest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// queued is an update that was not confirmed yet.
type queued struct {
	id   int64
	kind string
	raw  json.RawMessage
}

// push queues an update of a kind. The lock is held.
func (s *Server) push(kind string, what any) int64 {
	s.updateID++
	id := s.updateID
	s.pushRaw(id, kind, map[string]any{"update_id": id, kind: what})
	return id
}

func (s *Server) pushRaw(id int64, kind string, update any) {
	raw, err := json.Marshal(update)
	if err != nil {
		s.findings = append(s.findings, "update does not encode: "+err.Error())
		return
	}
	s.updates = append(s.updates, queued{id: id, kind: kind, raw: raw})
	s.touch()
}

// PushRaw queues an update exactly as given, under its update_id, to see what the
// bot makes of one that Telegram would hardly send.
func (s *Server) PushRaw(id int64, raw string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updateID = max(s.updateID, id)
	s.updates = append(s.updates, queued{id: id, raw: json.RawMessage(raw)})
	s.touch()
}

// RestartIDs makes the next update's id start after id, as Telegram does after a
// week without updates.
func (s *Server) RestartIDs(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updateID = id
}

// Unconfirmed returns how many updates the bot did not confirm yet.
func (s *Server) Unconfirmed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates)
}

// SetWebhook makes polls fail as they do while a webhook is set.
func (s *Server) SetWebhook(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook = on
}

// getUpdates holds the poll until there is something, and lets a later poll end it.
func (s *Server) getUpdates(q request) apiReply {
	s.mu.Lock()
	if s.webhook {
		s.mu.Unlock()
		return refuse(http.StatusConflict, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if s.poller != nil {
		close(s.poller)
	}
	mine := make(chan struct{})
	s.poller = mine
	if list := q.params.Get("allowed_updates"); list != "" {
		var kinds []string
		if err := json.Unmarshal([]byte(list), &kinds); err != nil {
			s.poller = nil
			s.mu.Unlock()
			return refuse(http.StatusBadRequest, "Bad Request: can't parse allowed_updates JSON object")
		}
		s.allowed = nil
		for _, k := range kinds {
			if s.allowed == nil {
				s.allowed = map[string]bool{}
			}
			s.allowed[k] = true
		}
	}
	s.confirm(q.params.Get("offset"))
	s.mu.Unlock()

	seconds, _ := strconv.Atoi(q.params.Get("timeout"))
	late := time.NewTimer(time.Duration(min(seconds, 50)) * time.Second)
	defer late.Stop()
	for {
		s.mu.Lock()
		batch := s.batch(q.params.Get("limit"))
		changed := s.changed
		if len(batch) > 0 || q.ctx.Err() != nil {
			s.release(mine)
			s.mu.Unlock()
			return result(batch)
		}
		s.mu.Unlock()
		select {
		case <-changed:
		case <-late.C:
			s.mu.Lock()
			s.release(mine)
			s.mu.Unlock()
			return result([]json.RawMessage{})
		case <-mine:
			s.mu.Lock()
			s.counts.Conflicts++
			s.mu.Unlock()
			return refuse(http.StatusConflict, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
		case <-q.ctx.Done():
		case <-s.done:
			return refuse(http.StatusBadGateway, "Bad Gateway")
		}
	}
}

func (s *Server) release(mine chan struct{}) {
	if s.poller == mine {
		s.poller = nil
	}
}

// confirm forgets updates before offset. An offset that no update has reached yet
// forgets nothing that came after ids started anew.
func (s *Server) confirm(offset string) {
	n, err := strconv.ParseInt(offset, 10, 64)
	if err != nil || n <= 0 || n > s.updateID+1 {
		return
	}
	kept := s.updates[:0]
	for _, u := range s.updates {
		if u.id >= n {
			kept = append(kept, u)
		}
	}
	s.updates = kept
}

func (s *Server) batch(limit string) []json.RawMessage {
	n, err := strconv.Atoi(limit)
	if err != nil || n < 1 || n > 100 {
		n = 100
	}
	var all []json.RawMessage
	for _, u := range s.updates {
		if len(all) == n {
			break
		}
		if u.kind == "" || s.allowed == nil || s.allowed[u.kind] {
			all = append(all, u.raw)
		}
	}
	return all
}

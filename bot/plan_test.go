package bot_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
)

// TestMessagesCanBeKept: a plan holds messages as JSON; nothing of them may be lost.
func TestMessagesCanBeKept(t *testing.T) {
	t.Parallel()
	for _, sample := range bottest.Samples() {
		text, err := json.Marshal(sample.Message)
		if err != nil {
			t.Fatal(err)
		}
		var kept bot.Message
		if err := json.Unmarshal(text, &kept); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sample.Message, kept, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s:\n%s", sample.Name, diff)
		}
	}
}

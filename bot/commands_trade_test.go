package bot_test

import (
	"strings"
	"testing"
)

// A fan says "trainer Leko" as easily as "Leko".
func TestTradeBeforeAName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, language, said, answer, button string }{
		{"a known coach", "nl", "/volg trainer Leko", "Je volgt nu Ivan Leko.", ""},
		{"in French", "fr", "/suivre entraîneur mazzu", "Tu suis maintenant Felice Mazzù.", ""},
		{"an unknown one", "nl", "/volg trainer jan modaal", "“Jan Modaal” ken ik nog niet.", "Volg coach Jan Modaal"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPerson(world(t), test.language, false)
			if got := p.say(t, test.said); !strings.Contains(got, test.answer) {
				t.Errorf("got %q", got)
			}
			if rows := p.last.Message.Buttons; test.button != "" && (len(rows) == 0 || rows[0][0].Text != test.button) {
				t.Errorf("got buttons %v", rows)
			}
		})
	}
}

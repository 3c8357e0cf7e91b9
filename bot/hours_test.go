package bot

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func TestDigestWords(t *testing.T) {
	t.Parallel()
	v := words4(t)
	days := func(of ...time.Weekday) (w subscriptions.Weekdays) {
		for _, d := range of {
			w |= 1 << d
		}
		return w
	}
	at := func(hour, minute int) digestWish { return digestWish{minute: hour*60 + minute} }
	on := func(w digestWish, days subscriptions.Weekdays) digestWish {
		w.days, w.daysSaid = days, true
		return w
	}
	none := digestWish{minute: -1}
	for _, tc := range []struct {
		lang, text string
		want       digestWish
		wrong      bool
	}{
		{lang: "nl", text: "18:30", want: at(18, 30)},
		{lang: "nl", text: "8u30", want: at(8, 30)},
		{lang: "nl", text: "8u", want: at(8, 0)},
		{lang: "nl", text: "om 8 uur", want: at(8, 0)},
		{lang: "fr", text: "18h30", want: at(18, 30)},
		{lang: "fr", text: "à 8 h", want: at(8, 0)},
		{lang: "de", text: "um 7.15 Uhr", want: at(7, 15)},
		{lang: "de", text: "8 Uhr 30", want: at(8, 30)},
		{lang: "en", text: "6:30 pm", want: at(18, 30)},
		{lang: "en", text: "12am", want: at(0, 0)},
		{lang: "en", text: "1830", want: at(18, 30)},
		{lang: "en", text: "24:00", want: at(0, 0)},
		{lang: "nl", text: "18.30u", want: at(18, 30)},
		{lang: "nl", text: "om 18:30 u", want: at(18, 30)},
		{lang: "nl", text: "8 uur 's avonds", want: at(20, 0)},
		{lang: "nl", text: "8u30 ’s morgens", want: at(8, 30)},
		{lang: "nl", text: "20u s avonds", want: at(20, 0)},
		{lang: "nl", text: "12 uur 's middags", want: at(12, 0)},
		{lang: "nl", text: "12 uur 's nachts", want: at(0, 0)},
		{lang: "fr", text: "à 8h du soir", want: at(20, 0)},
		{lang: "fr", text: "lundi à 5h de l’après-midi", want: on(at(17, 0), days(time.Monday))},
		{lang: "de", text: "8 Uhr abends", want: at(20, 0)},
		{lang: "en", text: "8 in the evening", want: at(20, 0)},
		{lang: "de", text: "jede Woche", want: on(none, days(time.Monday))},
		{lang: "fr", text: "toutes les semaines", want: on(none, days(time.Monday))},
		{lang: "nl", text: "iedere week", want: on(none, days(time.Monday))},
		{lang: "en", text: "once a week", want: on(none, days(time.Monday))},
		{lang: "fr", text: "une fois par jour", want: on(none, 0)},
		{lang: "en", text: "every evening at 8", want: at(20, 0)},
		{lang: "en", text: "on Sunday evening at 8", want: on(at(20, 0), days(time.Sunday))},
		{lang: "nl", text: "elke avond om 8 uur", want: at(20, 0)},
		{lang: "nl", text: "elke morgen om 7u30", want: at(7, 30)},
		{lang: "nl", text: "zondagavond om 20u", want: on(at(20, 0), days(time.Sunday))},
		{lang: "fr", text: "tous les soirs à 20h", want: at(20, 0)},
		{lang: "fr", text: "chaque lundi matin à 8h", want: on(at(8, 0), days(time.Monday))},
		{lang: "de", text: "jeden Abend um 8 Uhr", want: at(20, 0)},
		{lang: "de", text: "morgens um 8", want: at(8, 0)},
		{lang: "de", text: "Sonntagabend um 20 Uhr", want: on(at(20, 0), days(time.Sunday))},
		{lang: "en", text: "at noon", want: at(12, 0)},
		{lang: "en", text: "12 noon", want: at(12, 0)},
		{lang: "fr", text: "à midi", want: at(12, 0)},
		{lang: "fr", text: "à minuit", want: at(0, 0)},
		{lang: "de", text: "mittags", want: at(12, 0)},
		{lang: "de", text: "12 Uhr mittags", want: at(12, 0)},
		{lang: "nl", text: "maandag middernacht", want: on(at(0, 0), days(time.Tuesday))},
		{lang: "en", text: "every evening", wrong: true},
		{lang: "nl", text: "8 uur 's", wrong: true},
		{lang: "nl", text: "ma wo vr 8u30", want: on(at(8, 30), days(time.Monday, time.Wednesday, time.Friday))},
		{lang: "nl", text: "elke maandag om 8u", want: on(at(8, 0), days(time.Monday))},
		{lang: "fr", text: "ma et je 8h", want: on(at(8, 0), days(time.Tuesday, time.Thursday))},
		{lang: "fr", text: "le lundi, mercredi 8h", want: on(at(8, 0), days(time.Monday, time.Wednesday))},
		{lang: "en", text: "sat sun", want: on(none, days(time.Saturday, time.Sunday))},
		{lang: "nl", text: "week", want: on(none, days(time.Monday))},
		{lang: "nl", text: "week vrijdag 18:00", want: on(at(18, 0), days(time.Friday))},
		{lang: "nl", text: "dagelijks", want: on(none, 0)},
		{lang: "de", text: "täglich um 9", want: on(at(9, 0), 0)},
		{lang: "en", text: "8 o'clock", want: at(8, 0)},
		{lang: "en", text: "Mondays at 8", want: on(at(8, 0), days(time.Monday))},
		{lang: "de", text: "montags und donnerstags 8 Uhr", want: on(at(8, 0), days(time.Monday, time.Thursday))},
		{lang: "fr", text: "tous les jours à 8h", want: on(at(8, 0), 0)},
		{lang: "fr", text: "tous les lundis à 8h", want: on(at(8, 0), days(time.Monday))},
		{lang: "nl", text: "uit", want: digestWish{off: true, minute: -1}},
		{lang: "nl", text: "NU", want: digestWish{now: true, minute: -1}},
		{lang: "fr", text: "tout de suite", want: digestWish{now: true, minute: -1}},
		{lang: "nl", text: "allebei 18:30", want: digestWish{both: true, minute: 18*60 + 30}},
		{lang: "nl", text: "25:99", wrong: true},
		{lang: "nl", text: "18:3", wrong: true},
		{lang: "nl", text: "18:300", wrong: true},
		{lang: "nl", text: "13pm", wrong: true},
		{lang: "nl", text: "18:30 19:30", wrong: true},
		{lang: "nl", text: "uit 18:30", wrong: true},
		{lang: "nl", text: "morgen", wrong: true},
		{lang: "nl", text: "om", wrong: true},
		{lang: "nl", text: "<b>18:30</b>", wrong: true},
		{lang: "nl", text: "⚽", wrong: true},
		{lang: "nl", text: "999999999999999999999", wrong: true},
	} {
		t.Run(tc.lang+" "+tc.text, func(t *testing.T) {
			t.Parallel()
			got, ok := v.digest(tc.text, tc.lang)
			if ok == tc.wrong {
				t.Fatalf("understood: %v, got %+v", ok, got)
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(digestWish{})); ok && diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestQuietWords(t *testing.T) {
	t.Parallel()
	v := words4(t)
	night := subscriptions.Quiet{From: 23 * 60, To: 7*60 + 30}
	for text, want := range map[string]subscriptions.Quiet{
		"23:00-07:30": night, "23u-7u30": night, "van 23u tot 7u30": night, "de 23h à 7h30": night,
		"von 23 bis 7:30 Uhr": night, "from 11pm to 7:30am": night, "23:00 07:30": night, "23.00 – 7.30": night,
		"23.00u tot 7.30u": night, "11 uur 's avonds tot 7u30 's morgens": night, "de 11h du soir à 7h30 du matin": night,
		"hours 23-7:30": night, "uren uit": {}, "'s avonds om 11 uur tot 's morgens om 7u30": night,
		"midnight to 8": {From: 0, To: 8 * 60}, "de minuit à 8h": {From: 0, To: 8 * 60}, "22 bis Mitternacht": {From: 22 * 60, To: 0},
		"uit": {}, "non": {}, "off": {},
	} {
		if got, ok := v.quiet(text); !ok || got != want {
			t.Errorf("%q: got %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"23:00", "23:00-25:00", "23:00-23:00", "veel", "23:00-07:30-08:00", "", "slaap 23:00-07:30"} {
		if got, ok := v.quiet(text); ok {
			t.Errorf("%q: understood as %v", text, got)
		}
	}
}

func TestUntilWords(t *testing.T) {
	t.Parallel()
	v := words4(t)
	now := time.Date(2026, 11, 25, 20, 15, 0, 0, Brussels()) // a Wednesday
	for _, tc := range []struct{ lang, text, want string }{
		{"nl", "2u", "2026-11-25 22:15"},
		{"nl", "2 uur", "2026-11-25 22:15"},
		{"nl", "90 min", "2026-11-25 21:45"},
		{"nl", "3 dagen", "2026-11-28 20:15"},
		{"nl", "een week", "2026-12-02 20:15"},
		{"nl", "week", "2026-12-02 20:15"},
		{"nl", "tot maandag", "2026-11-30 07:00"},
		{"nl", "tot morgen", "2026-11-26 07:00"},
		{"nl", "tot 18:30", "2026-11-26 18:30"},
		{"nl", "tot 22.30u", "2026-11-25 22:30"},
		{"nl", "tot 7 uur 's morgens", "2026-11-26 07:00"},
		{"nl", "tot 22u", "2026-11-25 22:00"},
		{"nl", "tot 7u", "2026-11-26 07:00"},
		{"nl", "tot 7 uur", "2026-11-26 07:00"},
		{"fr", "jusqu'à 8 heures", "2026-11-26 08:00"},
		{"de", "bis 8 Uhr", "2026-11-26 08:00"},
		{"en", "until 10h", "2026-11-26 10:00"},
		{"nl", "tot 3 dagen", "2026-11-28 20:15"},
		{"nl", "tot 48 uur", "2026-11-27 20:15"},
		{"fr", "3 jours", "2026-11-28 20:15"},
		{"fr", "jusqu'à lundi", "2026-11-30 07:00"},
		{"fr", "jusqu’à demain", "2026-11-26 07:00"},
		{"de", "bis Montag", "2026-11-30 07:00"},
		{"de", "2 Std", "2026-11-25 22:15"},
		{"en", "until wed", "2026-12-02 07:00"},
		{"en", "1 month", "2026-12-25 20:15"},
		{"en", "48h", "2026-11-27 20:15"},
		{"en", "2000h", "2027-02-17 04:15"},
		{"nl", "2000 uur", "2027-02-17 04:15"},
		{"nl", "0830u", "2026-11-26 08:30"},
		{"en", "until 2000h", "2026-11-26 20:00"},
		{"fr", "9000 heures", ""},
		{"nl", "0 uur", ""},
		{"nl", "999 maanden", ""},
		{"nl", "99999999999999999999 uur", ""},
		{"nl", "tot", ""},
		{"nl", "voor altijd", ""},
		{"nl", "2", ""},
		{"nl", "tot 12", ""},
	} {
		t.Run(tc.lang+" "+tc.text, func(t *testing.T) {
			t.Parallel()
			got, ok := v.until(tc.text, tc.lang, now)
			if ok != (tc.want != "") || ok && got.In(Brussels()).Format("2006-01-02 15:04") != tc.want {
				t.Errorf("got %v, %v", got.In(Brussels()), ok)
			}
		})
	}
}

func TestPolicyWords(t *testing.T) {
	t.Parallel()
	v := words4(t)
	for text, want := range map[string][2]string{
		"nooit": {"never", ""}, "genk nooit": {"never", "genk"}, "jamais standard": {"never", "standard"},
		"now": {"now", ""}, "meteen club brugge": {"now", "club brugge"}, "in het overzicht": {"digest", ""},
		"club/genk alleen in het overzicht": {"digest", "club/genk"}, "digest": {"digest", ""}, "aus": {"never", ""},
	} {
		p, rest, ok := v.policy(text)
		if !ok || policyWord(p) != want[0] || rest != want[1] {
			t.Errorf("%q: got %q, %q, %v", text, policyWord(p), rest, ok)
		}
	}
	for _, text := range []string{"", "soms", "genk"} {
		if p, _, ok := v.policy(text); ok {
			t.Errorf("%q: understood as %q", text, p)
		}
	}
}

func TestSimilarCommand(t *testing.T) {
	t.Parallel()
	v := words4(t)
	for typed, want := range map[string]string{
		"/vogl": "volg", "/nieuw": "nieuws", "/overzict": "overzicht", "/demmp": "demp", "/volgg@sjotbot": "volg",
		"/xyzzy": "", "/ab": "", "/volg": "",
	} {
		if got, _, _ := v.similar(typed); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

func words4(t testing.TB) *vocabulary {
	t.Helper()
	l, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return newVocabulary(l, Specs(l))
}

func FuzzHours(f *testing.F) {
	v := words4(f)
	now := time.Date(2026, 3, 28, 23, 0, 0, 0, time.UTC)
	for _, seed := range []string{"18:30", "8u30", "ma wo vr 8u", "23:00-07:30", "3 dagen", "tot maandag", "25:99", "\xff1:", "٣:٣٠"} {
		f.Add(seed, "nl")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		if w, ok := v.digest(text, lang); ok && (w.minute < -1 || w.minute >= 24*60 || w.days >= 1<<7) {
			t.Errorf("digest %q: %+v", text, w)
		}
		if q, ok := v.quiet(text); ok && (q.From < 0 || q.To < 0 || q.From >= 24*60 || q.To >= 24*60) {
			t.Errorf("quiet %q: %+v", text, q)
		}
		if at, ok := v.until(text, lang, now); ok && (!at.After(now) || at.Sub(now) > longestMute) {
			t.Errorf("until %q: %s", text, at)
		}
		v.policy(text)
		v.similar(text)
		v.muteArgs(text, lang, now)
	})
}

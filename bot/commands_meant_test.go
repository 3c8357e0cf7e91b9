package bot_test

import (
	"slices"
	"strings"
	"testing"
)

// said is what a fan types, line by line ("[…]" presses a button), and what the last
// answer has and lacks.
type said struct {
	name, language string
	lines          []string
	want           string
	not            string
	buttons        []string // some of them
}

// holdAll runs each conversation as a test of its own.
func holdAll(t *testing.T, tests []said) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.hold(t)
		})
	}
}

// hold plays what was said in a world of its own.
func (s said) hold(t *testing.T) {
	t.Helper()
	p := newPerson(world(t), s.language, false)
	got := p.talk(t, s.lines...)
	if !strings.Contains(got.Text, s.want) {
		t.Errorf("got %q, want %q", got.Text, s.want)
	}
	if all := got.Text + " " + strings.Join(got.Buttons, " "); s.not != "" && strings.Contains(all, s.not) {
		t.Errorf("got %q, which has %q", all, s.not)
	}
	for _, b := range s.buttons {
		if !slices.Contains(got.Buttons, b) {
			t.Errorf("no button %q among %q", b, got.Buttons)
		}
	}
}

// TestForgetOfATopic: who wants one club gone does not want everything gone.
func TestForgetOfATopic(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "verwijder", language: "nl", lines: []string{"volg genk", "verwijder genk"}, want: "Je volgt KRC Genk niet meer."},
		{name: "supprimer", language: "fr", lines: []string{"suivre genk", "/supprimer genk"}, want: "KRC Genk", not: "effacer"},
		{name: "supprime", language: "fr", lines: []string{"suivre genk", "supprime genk"}, want: "KRC Genk", not: "effacer"},
		{name: "delete", language: "en", lines: []string{"follow genk", "/delete genk"}, want: "You no longer follow KRC Genk."},
		{name: "löschen", language: "de", lines: []string{"folgen genk", "löschen genk"}, want: "KRC Genk", not: "löschen"},
		{name: "wis", language: "nl", lines: []string{"volg genk, gent", "/wis genk, gent"}, want: "Je volgt KRC Genk en KAA Gent niet meer."},
		{name: "one that is not followed", language: "nl", lines: []string{"volg genk", "/wis gent"}, want: "Je volgt KAA Gent niet.", not: "Wis alles"},
		{name: "nobody's name", language: "nl", lines: []string{"volg genk", "/wis blabla"}, want: "“blabla” ken ik niet", not: "wis alles"},
		{name: "with nothing followed", language: "nl", lines: []string{"verwijder genk"}, want: "Je volgt nog niets."},
		{name: "everything", language: "nl", lines: []string{"volg genk", "verwijder alles"}, want: "Zal ik alles over jou wissen?"},
		{name: "the person", language: "nl", lines: []string{"volg genk", "vergeet mij"}, want: "Zal ik alles over jou wissen?"},
		{name: "his data", language: "en", lines: []string{"follow genk", "delete my data"}, want: "Shall I erase everything about you?"},
		{name: "no argument", language: "nl", lines: []string{"volg genk", "verwijder"}, want: "Zal ik alles over jou wissen?"},
	})
}

// TestUnmute lifts a mute, and does not ask for how long.
func TestUnmute(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "a topic", language: "en", lines: []string{"follow genk", "mute genk 2h", "unmute genk"}, want: "You hear everything about KRC Genk again."},
		{name: "in Dutch", language: "nl", lines: []string{"volg genk", "demp genk 2u", "ontdemp genk"}, want: "Je hoort weer alles over KRC Genk."},
		{name: "the list says so", language: "nl", lines: []string{"volg genk", "demp genk 2u", "ontdemp genk", "/lijst"}, want: "• KRC Genk\n"},
		{name: "in French", language: "fr", lines: []string{"suivre genk", "/reactiver genk"}, want: "Tu entends à nouveau tout sur le KRC Genk."},
		{name: "in German", language: "de", lines: []string{"folgen genk", "entstummen genk"}, want: "Du hörst wieder alles über KRC Genk."},
		{name: "everything", language: "en", lines: []string{"follow genk", "mute all 2h", "unmute all"}, want: "You hear everything again."},
		{name: "nothing named", language: "nl", lines: []string{"volg genk", "demp genk 2u", "ontdemp"}, want: "Je hoort weer alles."},
		{name: "one that is not followed", language: "nl", lines: []string{"volg genk", "ontdemp gent"}, want: "Je volgt KAA Gent niet."},
		{name: "a paper", language: "nl", lines: []string{"volg genk", "demp source 1", "ontdemp source Het Dagblad"}, want: "Van Het Dagblad hoor je weer alles."},
		{name: "a mute of everything, taken back", language: "nl", lines: []string{"volg genk", "demp alles 2u", "[Ongedaan maken]"}, want: "Je hoort weer alles."},
		{name: "and one of before stays", language: "nl", lines: []string{"volg genk", "demp genk tot dinsdag", "demp alles 2u", "[Ongedaan maken]"}, want: "• KRC Genk (gedempt tot dinsdag 24 november, 07:00)", not: "alles"},
		{name: "one, while everything is muted", language: "nl", lines: []string{"volg genk", "demp alles 2u", "ontdemp genk"}, want: "Alles is gedempt tot"},
	})
}

// TestMuteForNoTime refuses lengths that are none, and says what one can type.
func TestMuteForNoTime(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "negative", language: "nl", lines: []string{"volg genk", "demp genk -1 dag"}, want: "/demp genk 2u"},
		{name: "negative in front", language: "nl", lines: []string{"volg genk", "demp -1 dag genk"}, want: "/demp genk 2u"},
		{name: "a negative week for all", language: "en", lines: []string{"follow genk", "mute all -2 weeks"}, want: "/mute genk 2h"},
		{name: "none", language: "fr", lines: []string{"suivre genk", "sourdine genk 0 heures"}, want: "/sourdine genk 2h"},
		{name: "for ever", language: "de", lines: []string{"folgen genk", "stumm genk 999 Monate"}, want: "/stumm genk 2 Std"},
		{name: "hours without end", language: "fr", lines: []string{"suivre genk", "sourdine genk 9000h"}, want: "/sourdine genk 2h"},
		{name: "nothing was muted", language: "nl", lines: []string{"volg genk", "demp genk -1 dag", "/lijst"}, want: "• KRC Genk\n"},
	})
}

// TestWordsBeforeAName: what stands before a name in a sentence is no part of it.
func TestWordsBeforeAName(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "over", language: "nl", lines: []string{"nieuws over genk"}, want: "Het laatste over KRC Genk"},
		{name: "van", language: "nl", lines: []string{"nieuws van standard"}, want: "Het laatste over Standard"},
		{name: "with an article", language: "nl", lines: []string{"nieuws over de rode duivels"}, want: "Het laatste over de Rode Duivels"},
		{name: "met", language: "nl", lines: []string{"volg genk", "stop met genk"}, want: "Je volgt KRC Genk niet meer."},
		{name: "met alles", language: "nl", lines: []string{"volg genk", "stop met alles"}, want: "Je volgt nu niets meer."},
		{name: "about", language: "en", lines: []string{"news about genk"}, want: "KRC Genk"},
		{name: "sur", language: "fr", lines: []string{"actus sur genk"}, want: "sur le KRC Genk"},
		{name: "à propos du", language: "fr", lines: []string{"infos à propos du Standard"}, want: "Le Standard prolonge"},
		{name: "über", language: "de", lines: []string{"news über genk"}, want: "KRC Genk"},
		{name: "a whole question in front", language: "nl", lines: []string{"nieuws over alles"}, want: "Het laatste nieuws"},
		{name: "politely", language: "en", lines: []string{"follow antwerp please"}, want: "You now follow Royal Antwerp."},
		{name: "politely, in French", language: "fr", lines: []string{"suivre l'antwerp s'il te plaît"}, want: "l'Antwerp", not: "coach Antwerp"},
		{name: "politely, and glad", language: "nl", lines: []string{"Volg Genk aub!"}, want: "Je volgt nu KRC Genk."},
		{name: "politely, with points", language: "nl", lines: []string{"volg genk a.u.b."}, want: "Je volgt nu KRC Genk."},
		{name: "politely, in French, and glad", language: "fr", lines: []string{"suivre genk svp !"}, want: "Tu suis maintenant le KRC Genk."},
		{name: "everything, and glad", language: "nl", lines: []string{"volg genk", "stop alles!"}, want: "Je volgt nu niets meer."},
		{name: "several", language: "nl", lines: []string{"nieuws over genk en standard"}, want: "Het laatste over KRC Genk en Standard"},
		{name: "a name that begins so", language: "nl", lines: []string{"volg de mil"}, want: "Je volgt nu Rik De Mil."},
		{name: "the coach of", language: "nl", lines: []string{"volg de coach van genk"}, want: "Je volgt nu de coach van KRC Genk."},
	})
}

// TestTimeBeforeAName: the time may stand before the name as well as after it.
func TestTimeBeforeAName(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "mute", language: "nl", lines: []string{"volg genk", "demp 1u genk"}, want: "Tot maandag 23 november, 13:00 hoor je niets over KRC Genk."},
		{name: "mute, in words", language: "nl", lines: []string{"volg genk", "demp tot morgen genk"}, want: "Tot dinsdag 24 november, 07:00"},
		{name: "mute for", language: "en", lines: []string{"follow genk", "mute genk for 2 hours"}, want: "You hear nothing about KRC Genk until"},
		{name: "mute all", language: "en", lines: []string{"follow genk", "mute 2 hours everything"}, want: "Everything is muted until"},
		{name: "unmute", language: "nl", lines: []string{"volg genk", "demp uit genk"}, want: "Je hoort weer alles over KRC Genk."},
		{name: "digest", language: "nl", lines: []string{"volg genk, gent", "overzicht 18:30 genk"}, want: "Nieuws over KRC Genk komt elke dag om 18:30 in één overzicht."},
		{name: "digest of that one only", language: "nl", lines: []string{"volg genk, gent", "overzicht genk 18:30", "/lijst"}, want: "• KRC Genk (in het overzicht)\n• KAA Gent\n"},
		{name: "digest on days", language: "fr", lines: []string{"suivre genk", "resume lundi 8h pour genk"}, want: "chaque lundi à 08h00"},
		{name: "digest of both forms", language: "de", lines: []string{"folgen genk", "uebersicht beides genk"}, want: "jeden Tag um 18:30 Uhr noch einmal"},
		{name: "digest off again", language: "en", lines: []string{"follow genk", "digest genk 18:30", "digest genk off"}, want: "News about KRC Genk comes at once"},
		{name: "digest of all", language: "nl", lines: []string{"volg genk", "overzicht 18:30 alles"}, want: "Elke dag om 18:30 komt al het nieuws in één overzicht."},
		{name: "digest of what is not followed", language: "nl", lines: []string{"volg genk", "overzicht 18:30 gent"}, want: "Je volgt KAA Gent niet."},
		{name: "digest of nobody", language: "nl", lines: []string{"volg genk", "overzicht 18:30 blabla"}, want: "Dat uur begrijp ik niet."},
	})
}

// TestFollowEverything: nobody can read it all, so that the answer is a choice.
func TestFollowEverything(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "nl", language: "nl", lines: []string{"volg alles"}, want: "Alles tegelijk", buttons: []string{"Jupiler Pro League", "Coaches"}},
		{name: "fr", language: "fr", lines: []string{"suivre tout"}, want: "Tout à la fois", buttons: []string{"Jupiler Pro League"}},
		{name: "de", language: "de", lines: []string{"folgen alles"}, want: "Allem auf einmal", buttons: []string{"Jupiler Pro League"}},
		{name: "en", language: "en", lines: []string{"follow everything"}, want: "Everything at once", buttons: []string{"Jupiler Pro League"}},
	})
}

// TestNamesAmongWords: words around a name that is known do not make a coach of it.
func TestNamesAmongWords(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "a word too many", language: "nl", lines: []string{"volg anderlecht niet"}, want: "Bedoel je RSC Anderlecht?", not: "coach", buttons: []string{"RSC Anderlecht"}},
		{name: "a remark", language: "en", lines: []string{"follow antwerp right now"}, want: "Do you mean Royal Antwerp?", not: "coach", buttons: []string{"Royal Antwerp"}},
		{name: "two clubs", language: "nl", lines: []string{"volg club brugge anderlecht"}, want: "Bedoel je Club Brugge en RSC Anderlecht?", not: "coach", buttons: []string{"Club Brugge", "RSC Anderlecht"}},
		{name: "two coaches", language: "nl", lines: []string{"volg leko hayen"}, want: "Bedoel je Ivan Leko en Nicky Hayen?", not: "Volg coach", buttons: []string{"Ivan Leko", "Nicky Hayen"}},
		{name: "yes is all of them", language: "nl", lines: []string{"volg leko hayen", "ja"}, want: "Je volgt nu Ivan Leko en Nicky Hayen."},
		{name: "the longest name", language: "nl", lines: []string{"volg jong genk vanavond"}, want: "Bedoel je Jong Genk?"},
		{name: "of a coach of the same name", language: "nl", lines: []string{"volg Marc Leko"}, want: "Bedoel je Ivan Leko?", buttons: []string{"Ivan Leko", "Volg coach Marc Leko"}},
		{name: "a club abroad", language: "nl", lines: []string{"volg union berlin"}, want: "kan je hier niet volgen", not: "Union SG"},
		{name: "French", language: "fr", lines: []string{"suivre genk demain"}, want: "Tu veux dire le KRC Genk ?"},
		{name: "German", language: "de", lines: []string{"folgen genk heute"}, want: "Meinst du KRC Genk?"},
		{name: "news", language: "nl", lines: []string{"nieuws genk vandaag", "ja"}, want: "Het laatste over KRC Genk"},
		{name: "unfollow", language: "nl", lines: []string{"volg genk", "stop genk meteen", "ja"}, want: "Je volgt KRC Genk niet meer."},
		{name: "a remark alone", language: "nl", lines: []string{"genk verloor gisteren"}, want: "Gevonden: KRC Genk.", buttons: []string{"Volg KRC Genk", "Nieuws: KRC Genk"}},
		{name: "a slip of the finger first", language: "nl", lines: []string{"vogl genk"}, want: "Bedoelde je /volg?"},
		{name: "a slash between", language: "nl", lines: []string{"volg genk/antwerp"}, want: "Je volgt nu KRC Genk en Antwerp."},
		{name: "a plus between", language: "nl", lines: []string{"volg genk+gent"}, want: "Je volgt nu KRC Genk en KAA Gent."},
		{name: "a plus apart", language: "nl", lines: []string{"volg genk + gent"}, want: "Je volgt nu KRC Genk en KAA Gent."},
		{name: "an id that is gone", language: "nl", lines: []string{"volg club/antwerpen-oud"}, want: "ken ik niet"},
		{name: "a division", language: "nl", lines: []string{"volg jupiler pro league"}, want: "Jupiler Pro League: tik aan", not: "coach", buttons: []string{"Antwerp"}},
		{name: "a division, in short", language: "nl", lines: []string{"volg jpl"}, want: "Jupiler Pro League: tik aan"},
		{name: "a division, in French", language: "fr", lines: []string{"suivre la division 1"}, want: "Jupiler Pro League"},
		{name: "the other division", language: "de", lines: []string{"folgen Challenger Pro League"}, want: "Challenger Pro League: Tippe"},
		{name: "a division, as many call it", language: "fr", lines: []string{"suivre la Jupiler League"}, want: "Jupiler Pro League", not: "coach"},
		{name: "any coach", language: "nl", lines: []string{"volg de coach"}, want: "Coaches: tik aan", not: "Is het een coach"},
		{name: "any coach, in French", language: "fr", lines: []string{"suivre coach"}, want: "Coachs : touche", not: "connais"},
		{name: "and behind a comma", language: "en", lines: []string{"follow genk, gent, and antwerp"}, want: "You now follow KRC Genk, KAA Gent and Royal Antwerp.", not: "get"},
		{name: "and behind a comma, in French", language: "fr", lines: []string{"suivre genk, et le standard"}, want: "Tu suis maintenant le KRC Genk et le Standard de Liège.", not: "comprends"},
		{name: "no name", language: "nl", lines: []string{"volg ,"}, want: "Dat herken ik niet"},
		{name: "a coach of whom nobody heard", language: "nl", lines: []string{"volg piet snotneus"}, want: "Is het een coach?"},
	})
}

// TestWishes: what a fan says he wants, in so many words, is the command that does it.
func TestWishes(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "no rumours", language: "nl", lines: []string{"volg genk", "geen geruchten meer aub"}, want: "Geruchten krijg je niet meer."},
		{name: "no rumours, in one word less", language: "nl", lines: []string{"volg genk", "geen geruchten"}, want: "Geruchten krijg je niet meer."},
		{name: "rumours off", language: "nl", lines: []string{"volg genk", "zet geruchten uit"}, want: "Geruchten krijg je niet meer."},
		{name: "French", language: "fr", lines: []string{"suivre genk", "plus de rumeurs"}, want: "umeurs", not: "reconnais"},
		{name: "German", language: "de", lines: []string{"folgen genk", "keine gerüchte mehr bitte"}, want: "erüchte", not: "kenne ich nicht"},
		{name: "English", language: "en", lines: []string{"follow genk", "turn off rumours"}, want: "umours", not: "recognise"},
		{name: "no digest", language: "nl", lines: []string{"volg genk", "overzicht 20:00", "geen overzicht meer"}, want: "meteen"},
		{name: "another language", language: "nl", lines: []string{"volg genk", "spreek Frans"}, want: "français"},
		{name: "another language, in it", language: "nl", lines: []string{"volg genk", "parle français stp"}, want: "français"},
		{name: "in German", language: "nl", lines: []string{"volg genk", "sprich Deutsch"}, want: "Deutsch"},
		{name: "a setting", language: "fr", lines: []string{"suivre genk", "mets le résumé à 20h"}, want: "20h00"},
		{name: "no more of a club", language: "nl", lines: []string{"volg genk", "stop met volgen van genk"}, want: "Je volgt KRC Genk niet meer."},
		{name: "no more, around the name", language: "nl", lines: []string{"volg genk", "ik wil Genk niet meer volgen"}, want: "Je volgt KRC Genk niet meer."},
		{name: "French, no more", language: "fr", lines: []string{"suivre genk", "je ne veux plus suivre genk"}, want: "Tu ne suis plus le KRC Genk."},
		{name: "German, no more", language: "de", lines: []string{"folgen genk", "ich will Genk nicht mehr folgen"}, want: "Über KRC Genk bekommst du nichts mehr."},
		{name: "English, no more", language: "en", lines: []string{"follow genk", "please stop following genk"}, want: "You no longer follow KRC Genk."},
		{name: "no rumours of a club", language: "nl", lines: []string{"volg genk, gent", "geen geruchten over genk meer", "/lijst"}, want: "• KRC Genk (zonder geruchten)\n• KAA Gent\n"},
		{name: "French, of a club", language: "fr", lines: []string{"suivre genk, gand", "plus de rumeurs sur gand", "/liste"}, want: "• KRC Genk\n• La Gantoise (sans rumeurs)\n"},
		{name: "English, of a club", language: "en", lines: []string{"follow genk, gent", "no rumours about genk"}, want: "No more rumours about KRC Genk"},
		{name: "all but one", language: "nl", lines: []string{"volg genk, gent, antwerp", "ontvolg alles behalve genk", "/lijst"}, want: "Dit volg je\n• KRC Genk\n"},
		{name: "French, all but two", language: "fr", lines: []string{"suivre genk, gand, antwerp", "ne plus suivre tout sauf genk et gand"}, want: "Antwerp", not: "Genk"},
		{name: "muted but one", language: "en", lines: []string{"follow genk, gent", "mute all except genk 3 days", "/following"}, want: "• KRC Genk\n• KAA Gent (muted"},
		{name: "mute rumours", language: "en", lines: []string{"follow genk, gent", "mute rumours"}, want: "No more rumours"},
		{name: "mute rumours of a club", language: "en", lines: []string{"follow genk, gent", "mute rumours about genk"}, want: "No more rumours about KRC Genk."},
		{name: "rumours again", language: "nl", lines: []string{"volg genk", "geruchten nooit", "ontdemp geruchten"}, want: "Geruchten komen zoals al het nieuws."},
		{name: "French, as it is spoken", language: "fr", lines: []string{"suivre genk", "je veux plus de rumeurs"}, want: "Plus de rumeurs."},
		{name: "French, more and not less", language: "fr", lines: []string{"suivre genk", "plus d'infos sur genk", "liste"}, want: "• KRC Genk"},
		{name: "all but nobody", language: "nl", lines: []string{"volg genk, gent", "ontvolg alles behalve blabla", "/lijst"}, want: "Je volgt 2 onderwerpen"},
		{name: "a word that is none of ours", language: "nl", lines: []string{"volg genk", "geen zin"}, want: "Dat herken ik niet"},
		{name: "a name behind it", language: "nl", lines: []string{"volg genk", "geen genk"}, want: "KRC Genk", not: "niet meer"},
	})
}

// TestRumoursOfATopic: who asks for the rumours of one club changes that alone.
func TestRumoursOfATopic(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "asked", language: "nl", lines: []string{"volg genk, gent", "/geruchten genk"}, want: "Wanneer wil je geruchten over KRC Genk krijgen?", buttons: []string{"✓ Meteen", "Nooit"}},
		{name: "of that club alone", language: "nl", lines: []string{"volg genk, gent", "/geruchten genk", "[Nooit]", "/lijst"}, want: "• KRC Genk (zonder geruchten)\n• KAA Gent\n"},
		{name: "answered in words", language: "fr", lines: []string{"suivre genk, gand", "/rumeurs genk", "jamais", "/liste"}, want: "• KRC Genk (sans rumeurs)\n• La Gantoise\n"},
		{name: "of several", language: "de", lines: []string{"folgen genk, gent, antwerp", "/geruechte genk, gent", "[Nie]"}, want: "Gerüchte über KRC Genk und KAA Gent bekommst du nicht mehr."},
		{name: "more than a button holds", language: "en", lines: []string{"follow kv mechelen, club brugge, anderlecht, standard", "/rumours kv mechelen, club brugge, anderlecht, standard", "never"}, want: "No more rumours about"},
		{name: "of what is not followed", language: "nl", lines: []string{"volg genk", "/geruchten gent"}, want: "Je volgt KAA Gent niet."},
		{name: "of nobody", language: "nl", lines: []string{"volg genk", "/geruchten soms"}, want: "Kies meteen, overzicht of nooit"},
		{name: "of everything", language: "nl", lines: []string{"volg genk, gent", "/geruchten", "[Nooit]"}, want: "Geruchten krijg je niet meer."},
	})
}

// TestRumoursOfEverything: what was said of all rumours holds for what is followed
// later too, and the answer says so.
func TestRumoursOfEverything(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "never", language: "nl", lines: []string{"volg genk", "geruchten nooit", "volg gent"}, want: "Geruchten over KAA Gent krijg je niet meer."},
		{name: "on the list", language: "nl", lines: []string{"volg genk", "geruchten nooit", "volg gent", "/lijst"}, want: "• KAA Gent (zonder geruchten)"},
		{name: "in the digest", language: "en", lines: []string{"follow genk", "rumours digest", "follow gent, antwerp"}, want: "Rumours about KAA Gent and Royal Antwerp now come in the digest at 18:30 only."},
		{name: "by a link", language: "nl", lines: []string{"volg genk", "geruchten nooit", "/start volg_club-gent", "/lijst"}, want: "• KAA Gent (zonder geruchten)"},
		{name: "a coach who is new", language: "nl", lines: []string{"volg genk", "geruchten nooit", "volg Piet Snotneus", "ja", "/lijst"}, want: "• Piet Snotneus (zonder geruchten)"},
		{name: "of one topic only", language: "nl", lines: []string{"volg genk, standard", "geruchten genk nooit", "volg gent", "/lijst"}, want: "• KAA Gent\n"},
		{name: "again like all news", language: "nl", lines: []string{"volg genk", "geruchten nooit", "geruchten meteen", "volg gent"}, want: "Nieuws krijg je hier meteen.", not: "eruchten"},
		{name: "by default", language: "nl", lines: []string{"volg genk", "volg gent"}, want: "Nieuws krijg je hier meteen.", not: "eruchten"},
		{name: "the tick stays", language: "nl", lines: []string{"volg genk", "geruchten nooit", "volg gent", "/geruchten"}, buttons: []string{"✓ Nooit"}},
	})
}

// TestCoachesOfToday: who looks for a coach to follow sees those first who sit on a bench.
func TestCoachesOfToday(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "first page", language: "nl", lines: []string{"volg menu coaches"}, want: "Coaches", buttons: []string{"David Hubert", "Ivan Leko"}, not: "Aad de Mos"},
		{name: "the last page has those of once", language: "nl", lines: []string{"volg menu coaches 99"}, want: "Coaches", not: "Ivan Leko"},
	})
}

// TestElsewhere: a club abroad or a competition is no coach whom nobody heard of.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "a club abroad", language: "nl", lines: []string{"volg Real Madrid"}, want: "“Real Madrid” kan je hier niet volgen", not: "coach Real", buttons: []string{"Zoek Real Madrid"}},
		{name: "without capitals", language: "nl", lines: []string{"real madrid"}, want: "“real madrid” kan je hier niet volgen"},
		{name: "in one word", language: "fr", lines: []string{"suivre Barcelona"}, want: "On ne peut pas suivre « Barcelona » ici"},
		{name: "a competition", language: "en", lines: []string{"follow the Champions League"}, want: "cannot be followed here", not: "Follow coach"},
		{name: "in French", language: "fr", lines: []string{"suivre la Ligue des champions"}, want: "On ne peut pas suivre", not: "coach L"},
		{name: "in German", language: "de", lines: []string{"folgen Borussia Dortmund, Bayern München"}, want: "„Bayern München“ kannst du hier nicht folgen"},
		{name: "beside a club of ours", language: "nl", lines: []string{"volg genk, Real Madrid"}, want: "Je volgt nu KRC Genk. Nieuws krijg je hier meteen.\n\n“Real Madrid” kan je hier niet volgen"},
		{name: "by an old button", language: "nl", lines: []string{"follow mint Real Madrid"}, want: "“Real Madrid” kan je hier niet volgen"},
		{name: "searched", language: "nl", lines: []string{"volg Real Madrid", "[Zoek Real Madrid]"}, want: "Voor “Real Madrid” vind ik niets."},
	})
}

// TestPasted: what comes from elsewhere has marks that nobody sees, lines, and links.
func TestPasted(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "a byte order mark", language: "nl", lines: []string{"\ufeffvolg genk"}, want: "Je volgt nu KRC Genk."},
		{name: "a space without width", language: "nl", lines: []string{"volg\u200b genk"}, want: "Je volgt nu KRC Genk."},
		{name: "a direction", language: "nl", lines: []string{"\u202evolg genk\u202c"}, want: "Je volgt nu KRC Genk."},
		{name: "a space that does not break", language: "fr", lines: []string{"suivre\u00a0genk"}, want: "Tu suis maintenant le KRC Genk."},
		{name: "a tab", language: "nl", lines: []string{"volg\tgenk"}, want: "Je volgt nu KRC Genk."},
		{name: "a name a line", language: "nl", lines: []string{"volg\ngenk\r\ngent\n\n- antwerp"}, want: "Je volgt nu KRC Genk, KAA Gent en Antwerp."},
		{name: "a name a line behind the command", language: "nl", lines: []string{"volg genk\ngent"}, want: "Je volgt nu KRC Genk en KAA Gent."},
		{name: "words in lines", language: "nl", lines: []string{"zoek genk\nstvv"}, want: "Genk wint met 3-1"},
		{name: "a link", language: "nl", lines: []string{"volg genk", "https://dagblad.example/genk-stvv?utm_source=x"}, want: "Het gaat over KRC Genk"},
		{name: "a link among words", language: "en", lines: []string{"look at this https://dagblad.example/genk-stvv !"}, want: "It is about KRC Genk"},
		{name: "a link of nowhere", language: "nl", lines: []string{"https://elders.example/1"}, want: "Dat artikel heb ik niet gelezen."},
	})
}

// TestQuietHoursByName: the command is also called what it sets.
func TestQuietHoursByName(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "Dutch", language: "nl", lines: []string{"stille uren"}, want: "Er zijn geen stille uren."},
		{name: "Dutch, hours", language: "nl", lines: []string{"stille uren van 10 uur 's avonds tot 7 uur 's morgens"}, want: "Van 22:00 tot 07:00 blijft het stil."},
		{name: "English, off", language: "en", lines: []string{"quiet 23-7", "quiet hours off"}, want: "There are no quiet hours."},
		{name: "German", language: "de", lines: []string{"Ruhezeit 23-7"}, want: "Von 23:00 Uhr bis 07:00 Uhr bleibt es still."},
	})
}

// TestNameOfTheReader: of two names of a command that are as near to what was typed, the
// reader's own is proposed.
func TestNameOfTheReader(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "Dutch", language: "nl", lines: []string{"niews genk"}, want: "Bedoelde je /nieuws?", buttons: []string{"/nieuws genk"}},
		{name: "English", language: "en", lines: []string{"niews genk"}, want: "Did you mean /news?"},
		{name: "the verb itself", language: "nl", lines: []string{"volgen genk"}, want: "Je volgt nu KRC Genk."},
		{name: "the verb itself, no more", language: "nl", lines: []string{"volg genk", "ontvolgen genk"}, want: "Je volgt KRC Genk niet meer."},
		{name: "the French verb as it is said", language: "fr", lines: []string{"suis le standard"}, want: "Tu suis maintenant le Standard de Liège."},
	})
}

// TestCommandBehindNames: the verb may stand where it stands in a sentence.
func TestCommandBehindNames(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "follow", language: "de", lines: []string{"Eupen folgen"}, want: "Ab jetzt bekommst du alles über AS Eupen."},
		{name: "follow, in a sentence", language: "de", lines: []string{"Ich möchte Eupen folgen!"}, want: "Ab jetzt bekommst du alles über AS Eupen."},
		{name: "follow, several", language: "nl", lines: []string{"ik wil graag genk en gent volgen aub"}, want: "Je volgt nu KRC Genk en KAA Gent."},
		{name: "follow, in English", language: "en", lines: []string{"I'd like to follow Club Brugge please"}, want: "You now follow Club Brugge."},
		{name: "follow, in French", language: "fr", lines: []string{"je voudrais suivre le Standard"}, want: "Tu suis maintenant le Standard de Liège."},
		{name: "unfollow", language: "de", lines: []string{"folgen Eupen", "Eupen entfolgen"}, want: "Über AS Eupen bekommst du nichts mehr."},
		{name: "stop", language: "nl", lines: []string{"volg genk", "genk stop"}, want: "Je volgt KRC Genk niet meer."},
		{name: "news", language: "nl", lines: []string{"genk nieuws"}, want: "Het laatste over KRC Genk"},
		{name: "news, in a sentence", language: "en", lines: []string{"I want news about Genk"}, want: "The latest on KRC Genk"},
		{name: "mute", language: "de", lines: []string{"folgen Genk", "Genk stumm"}, want: "Wie lange willst du nichts über KRC Genk hören?"},
		{name: "end of a mute", language: "nl", lines: []string{"volg genk", "demp genk 2u", "genk ontdempen"}, want: "Je hoort weer alles over KRC Genk."},
		{name: "a wish that is none", language: "nl", lines: []string{"volg genk", "geen genk nieuws"}, want: "Gevonden: KRC Genk."},
		{name: "a name and a word", language: "nl", lines: []string{"genk verloor"}, want: "Gevonden: KRC Genk."},
		{name: "a coach", language: "nl", lines: []string{"genk coach"}, want: "Gevonden: de coach van KRC Genk."},
	})
}

// TestLeftAlone: who wants to be left alone is asked once, with all that it may mean.
func TestLeftAlone(t *testing.T) {
	t.Parallel()
	ways := []string{"Ja, stop met alles", "Even dempen", "Nee, laat maar"}
	holdAll(t, []said{
		{name: "Dutch", language: "nl", lines: []string{"volg genk", "Laat me gerust!!"}, want: "Helemaal geen nieuws meer?", buttons: ways},
		{name: "French", language: "fr", lines: []string{"suivre genk", "fous-moi la paix"}, want: "Plus aucune info du tout ?"},
		{name: "German", language: "de", lines: []string{"folgen genk", "keine Nachrichten mehr bitte"}, want: "Gar keine Meldungen mehr?"},
		{name: "English", language: "en", lines: []string{"follow genk", "stop sending me messages"}, want: "No news at all any more?"},
		{name: "yes", language: "nl", lines: []string{"volg genk", "laat me met rust", "ja"}, want: "Je volgt nu niets meer."},
		{name: "no", language: "nl", lines: []string{"volg genk", "laat me met rust", "nee"}, want: "• KRC Genk"},
		{name: "for a while", language: "nl", lines: []string{"volg genk", "laat me met rust", "[Even dempen]"}, want: "Hoelang wil je niets horen?"},
		{name: "by a button", language: "nl", lines: []string{"volg genk, gent", "stop", "[Alles]"}, want: "Helemaal geen nieuws meer?", buttons: ways},
		{name: "the last one", language: "nl", lines: []string{"volg genk", "stop"}, want: "Wat wil je niet meer volgen?", not: "Alles"},
		{name: "with nothing followed", language: "nl", lines: []string{"laat me met rust"}, want: "Je volgt nog niets."},
		{name: "of one club", language: "nl", lines: []string{"volg genk, gent", "ik wil niets meer horen van genk"}, want: "Je volgt KRC Genk niet meer."},
		{name: "of one club, in French", language: "fr", lines: []string{"suivre genk, gand", "plus rien sur gand"}, want: "Tu ne suis plus La Gantoise."},
		{name: "of one club, in English", language: "en", lines: []string{"follow genk, gent", "no more news about genk please"}, want: "You no longer follow KRC Genk."},
	})
}

// TestTooMuch: who gets too many messages is offered one a day.
func TestTooMuch(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "Dutch", language: "nl", lines: []string{"volg genk", "ik krijg te veel berichten!"}, want: "Liever één overzicht per dag?"},
		{name: "a question why", language: "nl", lines: []string{"volg genk", "Waarom krijg ik zoveel berichten?"}, want: "Liever één overzicht per dag?"},
		{name: "French", language: "fr", lines: []string{"suivre genk", "moins de messages stp"}, want: "Tu préfères un résumé par jour ?"},
		{name: "German", language: "de", lines: []string{"folgen genk", "zu viele Nachrichten"}, want: "Lieber eine Übersicht am Tag?"},
		{name: "English, and an hour", language: "en", lines: []string{"follow genk", "too many messages", "6pm"}, want: "Every day at 18:00"},
	})
}

// TestSaidAgain: who thinks better of it may say so, as he could press another button.
func TestSaidAgain(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "another hour", language: "nl", lines: []string{"volg genk", "overzicht 20u", "21u"}, want: "Elke dag om 21:00"},
		{name: "other hours", language: "nl", lines: []string{"stil 22-7", "23u tot 7u"}, want: "Van 23:00 tot 07:00"},
		{name: "another language", language: "nl", lines: []string{"taal en", "fr"}, want: "français"},
		{name: "a yes to what is done", language: "nl", lines: []string{"volg genk", "overzicht 20u", "ok"}, want: "Ik heb nu geen vraag"},
	})
}

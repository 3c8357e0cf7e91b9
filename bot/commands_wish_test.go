package bot_test

import "testing"

// TestCommandInASentence: the command stands where it stands in a sentence, and what is
// around it counts.
func TestCommandInASentence(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "a wish with an article", language: "de", lines: []string{"folgen genk", "Ich möchte eine Übersicht um 21 Uhr"}, want: "Jeden Tag um 21:00 Uhr"},
		{name: "a wish of one word", language: "en", lines: []string{"follow genk", "I want news"}, want: "The latest on what you follow"},
		{name: "an article", language: "de", lines: []string{"die Nachrichten über Genk"}, want: "Das Neueste über KRC Genk"},
		{name: "give me", language: "fr", lines: []string{"donne-moi les infos de genk"}, want: "Les dernières infos sur le KRC Genk"},
		{name: "give me the latest", language: "fr", lines: []string{"donne-moi les dernières infos du Standard"}, want: "Les dernières infos sur le Standard"},
		{name: "show me", language: "de", lines: []string{"folgen genk", "zeig mir meine Liste"}, want: "• KRC Genk"},
		{name: "still left alone", language: "nl", lines: []string{"volg genk", "ik wil niets meer horen"}, want: "Helemaal geen nieuws meer?"},
		{name: "digest behind its day", language: "en", lines: []string{"follow genk", "daily digest at 7pm"}, want: "Every day at 19:00"},
		{name: "digest behind its week", language: "nl", lines: []string{"volg genk", "een wekelijks overzicht"}, want: "Elke maandag om 18:30"},
		{name: "digest amidst its hour", language: "nl", lines: []string{"volg genk", "ik wil elke dag een overzicht om 20u"}, want: "Elke dag om 20:00"},
		{name: "digest of nothing that is an hour", language: "fr", lines: []string{"suivre genk", "quel beau résumé"}, want: "Je n'y reconnais ni club"},
		{name: "mute", language: "fr", lines: []string{"suivre genk", "mets genk en sourdine"}, want: "Combien de temps ne veux-tu rien entendre sur le KRC Genk ?"},
		{name: "mute, and how long", language: "en", lines: []string{"follow genk", "put genk on mute for 2 hours"}, want: "You hear nothing about KRC Genk until Monday 23 November, 14:00."},
		{name: "mute, and before it how long", language: "de", lines: []string{"folgen genk", "schalte Genk für 3 Tage stumm"}, want: "Bis Donnerstag, 26. November"},
		{name: "mute in words that go on", language: "nl", lines: []string{"volg genk", "genk dempen of niet"}, want: "Gevonden: KRC Genk."},
		{name: "a name that may be two", language: "de", lines: []string{"Ich will Eupen und Lüttich folgen"}, want: "Wen oder was meinst du mit „Lüttich“?", buttons: []string{"Standard Lüttich"}},
		{name: "data", language: "de", lines: []string{"folgen genk", "meine Daten löschen"}, want: "Soll ich alles über dich löschen?"},
		{name: "all of it", language: "nl", lines: []string{"volg genk", "alles wissen"}, want: "Zal ik alles over jou wissen?"},
		{name: "a language, asked politely", language: "en", lines: []string{"Can you speak French?"}, want: "je te parle désormais en français"},
	})
}

// TestLanguageAlone: the name of a language asks for it, unless it answers a question.
func TestLanguageAlone(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "English", language: "nl", lines: []string{"English please!"}, want: "I will speak English with you"},
		{name: "German", language: "fr", lines: []string{"Deutsch"}, want: "ab jetzt rede ich Deutsch"},
		{name: "its code", language: "nl", lines: []string{"fr"}, want: "je te parle désormais en français"},
		{name: "words to look for", language: "en", lines: []string{"/search", "english"}, want: "I find nothing for “english”."},
	})
}

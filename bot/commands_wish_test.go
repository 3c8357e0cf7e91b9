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
		{name: "how often and when", language: "nl", lines: []string{"volg genk", "dagelijks om 8 uur"}, want: "Elke dag om 08:00"},
		{name: "how often", language: "nl", lines: []string{"volg genk", "wekelijks"}, want: "Elke maandag om 18:30"},
		{name: "how often, otherwise", language: "nl", lines: []string{"volg genk", "iedere week"}, want: "Elke maandag om 18:30"},
		{name: "how often in two words", language: "fr", lines: []string{"suivre genk", "chaque jour à 20h"}, want: "Chaque jour à 20h00"},
		{name: "how often, politely", language: "en", lines: []string{"follow genk", "every day please"}, want: "Every day at 18:30"},
		{name: "a day of the week and when", language: "de", lines: []string{"folgen genk", "jeden Montag um 9 Uhr"}, want: "Jeden Montag um 09:00 Uhr"},
		{name: "a greeting that is a day", language: "nl", lines: []string{"volg genk", "dag"}, want: "Daar ben je weer!"},
		{name: "a day alone", language: "nl", lines: []string{"volg genk", "maandag"}, want: "Dat herken ik niet"},
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

// TestUndo takes back in words what a button would, and says so where nothing can be.
func TestUndo(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "follow", language: "en", lines: []string{"follow genk", "undo that"}, want: "You no longer follow KRC Genk."},
		{name: "follow several, of which one was followed", language: "nl", lines: []string{"volg genk", "volg genk, gent, antwerp", "ongedaan maken", "/lijst"}, want: "• KRC Genk", not: "Antwerp"},
		{name: "unfollow", language: "de", lines: []string{"folgen genk, gent", "entfolgen genk, gent", "rückgängig machen"}, want: "Ab jetzt bekommst du alles über KRC Genk und KAA Gent."},
		{name: "unfollow everything", language: "fr", lines: []string{"suivre genk, gand", "retirer tout", "Annuler !"}, want: "Tu suis maintenant"},
		{name: "undo", language: "en", lines: []string{"follow genk", "undo", "undo"}, want: "You now follow KRC Genk."},
		{name: "mute of several", language: "fr", lines: []string{"suivre genk, gand", "sourdine genk, gand 2h", "annule"}, want: "Tu entends à nouveau tout sur"},
		{name: "mute of all", language: "nl", lines: []string{"volg genk", "demp alles 2u", "annuleer"}, want: "Je hoort weer alles."},
		{name: "mute of a paper", language: "nl", lines: []string{"volg genk", "demp source 1", "ongedaan maken"}, want: "Van Het Dagblad hoor je weer alles."},
		{name: "a question", language: "fr", lines: []string{"suivre genk", "/effacer", "annuler"}, want: "Voici ce que tu suis"},
		{name: "an hour", language: "en", lines: []string{"follow genk", "digest 8pm", "undo"}, want: "There is nothing that I can undo like that."},
		{name: "what was before something else", language: "en", lines: []string{"follow genk", "news", "undo"}, want: "There is nothing that I can undo like that."},
	})
}

// TestSearchFor: what leads to the words is not looked for, unless a story has it.
func TestSearchFor(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "for", language: "en", lines: []string{"search for Leko"}, want: "Found for “Leko”"},
		{name: "nach", language: "de", lines: []string{"suche nach Leko"}, want: "Gefunden für „Leko“"},
		{name: "naar", language: "nl", lines: []string{"zoek naar Leko"}, want: "Gevonden voor “Leko”"},
		{name: "in a title", language: "nl", lines: []string{"zoek voor een volle tribune"}, want: "Gevonden voor “voor een volle tribune”"},
		{name: "nothing", language: "en", lines: []string{"search for Hazard"}, want: "I find nothing for “Hazard”."},
	})
}

// TestMarksBehindACommand: what is written behind a command's name is no part of it.
func TestMarksBehindACommand(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "a colon", language: "nl", lines: []string{"volg: genk"}, want: "Je volgt nu KRC Genk."},
		{name: "a call", language: "nl", lines: []string{"Hulp!"}, want: "Dit kan ik voor je doen"},
		{name: "a question", language: "fr", lines: []string{"suivre genk", "pourquoi ?"}, want: "De quelle info s'agit-il ?"},
		{name: "a question without a space", language: "de", lines: []string{"folgen genk", "Warum?"}, want: "Um welche Meldung geht es?"},
		{name: "the end of a mute", language: "nl", lines: []string{"volg genk", "demp genk 2u", "ontdemp: genk"}, want: "Je hoort weer alles over KRC Genk."},
		{name: "a slip, and several names", language: "en", lines: []string{"folow genk, gent"}, want: "Did you mean /follow?", buttons: []string{"/follow genk, gent"}},
		{name: "a slip behind a name", language: "en", lines: []string{"genk, folow gent"}, want: "Found: KRC Genk."},
	})
}

// TestHideResults is asked by what is to be hidden; "spoilers" is one word for it.
func TestHideResults(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "nl", language: "nl", lines: []string{"verberg de uitslagen aub"}, want: "Uitslagen", buttons: []string{"✓ Aan"}},
		{name: "fr", language: "fr", lines: []string{"je veux cacher les résultats"}, want: "Les résultats sont cachés"},
		{name: "de", language: "de", lines: []string{"Ergebnisse verstecken"}, want: "Ergebnisse sind verborgen"},
		{name: "en", language: "en", lines: []string{"hide results"}, want: "Results are hidden", not: "aide"},
	})
}

// TestQuietAboutATopic: who wants quiet about a club means no hours of the night.
func TestQuietAboutATopic(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "for a while", language: "en", lines: []string{"follow genk", "silence genk for 2 hours"}, want: "You hear nothing about KRC Genk until Monday 23 November, 14:00."},
		{name: "asked", language: "nl", lines: []string{"volg genk", "stil genk", "2u"}, want: "hoor je niets over KRC Genk"},
		{name: "hours", language: "nl", lines: []string{"volg genk", "stil 22-7"}, want: "Van 22:00 tot 07:00"},
		{name: "nobody's name", language: "nl", lines: []string{"volg genk", "stil blabla"}, want: "Die uren begrijp ik niet."},
	})
}

// TestOtherWords: what people say for the same.
func TestOtherWords(t *testing.T) {
	t.Parallel()
	const list = "• KRC Genk"
	holdAll(t, []said{
		{name: "list, de", language: "de", lines: []string{"folgen genk", "Welchen Vereinen folge ich?"}, want: list},
		{name: "list, fr", language: "fr", lines: []string{"suivre genk", "Qu'est ce que je suis ?"}, want: list},
		{name: "list, en", language: "en", lines: []string{"follow genk", "show me what I follow"}, want: list},
		{name: "follow, fr", language: "fr", lines: []string{"abonne-moi à Genk"}, want: "Tu suis maintenant le KRC Genk."},
		{name: "unfollow, fr", language: "fr", lines: []string{"suivre genk", "enlève Genk"}, want: "Tu ne suis plus le KRC Genk."},
		{name: "follow, de", language: "de", lines: []string{"Abonniere Genk"}, want: "Ab jetzt bekommst du alles über KRC Genk."},
		{name: "unfollow, de", language: "de", lines: []string{"folgen genk", "Stopp"}, want: "Wem willst du nicht mehr folgen?"},
		{name: "news, de", language: "de", lines: []string{"Was gibt's Neues bei Genk?"}, want: "Das Neueste über KRC Genk"},
		{name: "rumours again, de", language: "de", lines: []string{"folgen genk", "Gerüchte nie", "Gerüchte wieder an"}, want: "Gerüchte kommen wie alles Neue."},
		{name: "rumours again, en", language: "en", lines: []string{"follow genk", "rumours never", "rumours back on"}, want: "Rumours come like all news."},
		{name: "no quiet hours", language: "en", lines: []string{"quiet 23-7", "no quiet hours please"}, want: "There are no quiet hours."},
		{name: "no quiet hours, de", language: "de", lines: []string{"Ruhe 23-7", "keine Ruhezeiten mehr"}, want: "Es gibt keine Ruhezeit."},
		{name: "goodbye", language: "fr", lines: []string{"au revoir !"}, want: "À la prochaine !"},
		{name: "goodbye of two words", language: "de", lines: []string{"bis bald"}, want: "Bis zum nächsten Tor!"},
		{name: "the list, without an apostrophe", language: "fr", lines: []string{"suivre genk", "c est quoi ma liste"}, want: "• KRC Genk"},
		{name: "the latest, shown", language: "fr", lines: []string{"suivre genk", "montre les dernières nouvelles"}, want: "Les dernières infos"},
		{name: "thanks", language: "nl", lines: []string{"ok bedankt!"}, want: "Graag gedaan"},
		{name: "anger", language: "de", lines: []string{"folgen genk", "Halt die Klappe!"}, want: "Gar keine Meldungen mehr?"},
	})
}

package bot_test

import "testing"

// TestNoNameInSilence: of several names each is done or spoken of.
func TestNoNameInSilence(t *testing.T) {
	t.Parallel()
	const unknown = "“blabla” ken ik niet."
	holdAll(t, []said{
		{name: "unfollow", language: "nl", lines: []string{"volg genk, gent", "ontvolg genk, blabla"}, want: "Je volgt KRC Genk niet meer.\n\n" + unknown},
		{name: "unfollow, a slip of the finger", language: "nl", lines: []string{"volg genk, gent", "ontvolg genk, gentt"}, want: "Je volgt KRC Genk en KAA Gent niet meer."},
		{name: "unfollow what is not followed", language: "nl", lines: []string{"volg genk, gent", "ontvolg genk, antwerp"}, want: "Je volgt KRC Genk niet meer.\n\nJe volgt Antwerp niet."},
		{name: "neither is followed", language: "en", lines: []string{"follow genk", "unfollow gent, antwerp"}, want: "You do not follow KAA Gent and Royal Antwerp."},
		{name: "not followed, and unknown", language: "nl", lines: []string{"volg genk", "ontvolg antwerp, blabla"}, want: "Je volgt Antwerp niet.\n\n" + unknown},
		{name: "mute", language: "nl", lines: []string{"volg genk, gent", "demp genk, blabla 2u"}, want: "hoor je niets over KRC Genk.\n\n" + unknown, buttons: []string{"Ongedaan maken"}},
		{name: "mute of what is not followed", language: "nl", lines: []string{"volg genk", "demp genk, gent 2u"}, want: "hoor je niets over KRC Genk.\n\nJe volgt KAA Gent niet.", buttons: []string{"Volg KAA Gent"}},
		{name: "mute, for how long", language: "nl", lines: []string{"volg genk, gent", "demp genk, antwrp", "2u"}, want: "hoor je niets over KRC Genk."},
		{name: "rumours", language: "fr", lines: []string{"suivre genk", "rumeurs genk, blabla jamais"}, want: "Plus de rumeurs sur le KRC Genk.\n\nJe ne connais pas « blabla »."},
		{name: "rumours, asked", language: "de", lines: []string{"folgen genk", "geruechte genk, blabla"}, want: "Wann willst du Gerüchte über KRC Genk bekommen?\n\n„blabla“ kenne ich nicht.", buttons: []string{"Nie"}},
		{name: "digest", language: "nl", lines: []string{"volg genk, gent", "overzicht genk, blabla vrijdag 20u"}, want: "Nieuws over KRC Genk komt elke vrijdag om 20:00 in één overzicht.\n\n" + unknown},
		{name: "news", language: "nl", lines: []string{"nieuws genk, blabla"}, want: unknown},
		{name: "preview", language: "nl", lines: []string{"voorbeeld genk, blabla"}, want: unknown},
		{name: "settings of several", language: "nl", lines: []string{"volg genk, gent, antwerp", "lijst genk, gent"}, want: "Je volgt 3 onderwerpen"},
		{name: "settings", language: "nl", lines: []string{"volg genk", "lijst genk, blabla"}, want: unknown},
		{name: "a player", language: "nl", lines: []string{"volg genk", "stop genk, lukaku"}, want: "Je volgt KRC Genk niet meer.\n\nRomelu Lukaku hoort bij de Rode Duivels."},
	})
}

// TestOneThingAtATime: a second command in one line is offered, and its names are not those
// of the first.
func TestOneThingAtATime(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "the first is done", language: "en", lines: []string{"follow genk and mute standard"}, want: "You now follow KRC Genk. News comes here at once.\n\nOne thing at a time. Shall I do this now: mute standard?", buttons: []string{"mute standard"}},
		{name: "only that", language: "nl", lines: []string{"volg standard", "ontvolg standard en volg gent", "/lijst"}, want: "Je volgt nog niets."},
		{name: "yes", language: "nl", lines: []string{"volg standard", "ontvolg standard en volg gent", "ja"}, want: "Je volgt nu KAA Gent."},
		{name: "no coach", language: "de", lines: []string{"folgen genk, Gerüchte nie"}, want: "Gerüchte nie?", not: "Trainer Gerüchte"},
		{name: "behind it, yes", language: "fr", lines: []string{"suivre genk, rumeurs jamais", "oui"}, want: "Plus de rumeurs."},
		{name: "in a sentence", language: "fr", lines: []string{"suivre standard et mets genk en sourdine"}, want: "Je fais ceci maintenant : mets genk en sourdine ?"},
		{name: "a wish", language: "nl", lines: []string{"volg genk en geen geruchten", "ja"}, want: "Geruchten krijg je niet meer."},
		{name: "more than a button holds", language: "en", lines: []string{"follow genk and follow kv mechelen, club brugge, anderlecht, standard, zulte waregem", "yes"}, want: "You now follow KV Mechelen"},
		{name: "after a question", language: "nl", lines: []string{"volg genk", "demp genk en volg gent", "2u"}, want: "hoor je niets over KRC Genk"},
		{name: "names alone", language: "nl", lines: []string{"volg genk en gent, antwerp"}, want: "Je volgt nu KRC Genk, KAA Gent en Antwerp.", not: "Eén ding"},
		{name: "words to look for", language: "nl", lines: []string{"zoek leko, nieuws"}, want: "“leko, nieuws”"},
	})
}

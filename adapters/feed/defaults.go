package feed

import "github.com/sjotbot/sjotbot/bot"

// Defaults returns the sources that are read when the configuration names none:
// addresses that public feed lists of 2026 report as alive, in Dutch and French.
// Which publisher's single quotes mean a rumour was found by reading them.
//
// The addresses were collected, not fetched, from here: the check command says
// which answer.
func Defaults() []Config {
	return []Config{
		{Name: "sporza-voetbal", Publisher: "Sporza", URL: "https://sporza.be/nl/categorie/voetbal.rss.xml", Kind: KindFeed, Language: "nl", Quotes: bot.QuotesSpeech},
		{Name: "sporza-rode-duivels", Publisher: "Sporza", URL: "https://sporza.be/nl/tag/voetbal/ploegen/rode-duivels~3004.rss.xml", Kind: KindFeed, Language: "nl", Quotes: bot.QuotesSpeech},
		{Name: "hln", Publisher: "HLN", URL: "https://www.hln.be/sport/voetbal/rss.xml", Kind: KindFeed, Language: "nl", Quotes: bot.QuotesSpeech},
		{Name: "rtbf", Publisher: "RTBF", URL: "https://rss.rtbf.be/article/rss/highlight_rtbf_sport-football-jupiler-pro-league.xml?source=internal", Kind: KindFeed, Language: "fr", Quotes: bot.QuotesSpeech},
		{Name: "dh", Publisher: "DH Les Sports+", URL: "https://www.dhnet.be/rss.xml", Kind: KindFeed, Language: "fr", Quotes: bot.QuotesSpeech},
		{Name: "7sur7-football-belge", Publisher: "7sur7", URL: "https://www.7sur7.be/football-belge/rss.xml", Kind: KindFeed, Language: "fr", Quotes: bot.QuotesSpeech},
		{Name: "7sur7-diables-rouges", Publisher: "7sur7", URL: "https://www.7sur7.be/diables-rouges/rss.xml", Kind: KindFeed, Language: "fr", Quotes: bot.QuotesSpeech},
		{Name: "voetbalkrant", Publisher: "Voetbalkrant", URL: "https://www.voetbalkrant.com/nl/rss", Kind: KindFeed, Language: "nl", Quotes: bot.QuotesRumour},
		{Name: "walfoot", Publisher: "Walfoot", URL: "https://www.walfoot.be/rss", Kind: KindFeed, Language: "fr", Quotes: bot.QuotesRumour},
		{Name: "hbvl", Publisher: "Het Belang van Limburg", URL: "https://www.hbvl.be/rss", Kind: KindFeed, Language: "nl", Quotes: bot.QuotesSpeech},
		{Name: "gva", Publisher: "Gazet van Antwerpen", URL: "https://www.gva.be/rss", Kind: KindFeed, Language: "nl", Quotes: bot.QuotesSpeech},
		{Name: "nieuwsblad", Publisher: "Nieuwsblad", URL: "https://www.nieuwsblad.be/rss/", Kind: KindFeed, Language: "nl", Quotes: bot.QuotesSpeech},
		{Name: "voetbalnieuws", Publisher: "VoetbalNieuws", URL: "https://www.voetbalnieuws.be/", Kind: KindPage, Language: "nl", Quotes: bot.QuotesRumour},
	}
}

package discord

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/bot"
)

// definition is a slash command as it is registered. The library's struct
// writes a null for everything that is absent, so that a hash of it means little.
type definition struct {
	Type             discordgo.ApplicationCommandType       `json:"type"`
	Name             string                                 `json:"name"`
	Names            map[string]string                      `json:"name_localizations,omitempty"`
	Description      string                                 `json:"description"`
	Descriptions     map[string]string                      `json:"description_localizations,omitempty"`
	Options          []optionDefinition                     `json:"options,omitempty"`
	Contexts         []discordgo.InteractionContextType     `json:"contexts"`
	IntegrationTypes []discordgo.ApplicationIntegrationType `json:"integration_types"`
}

type optionDefinition struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Names        map[string]string                      `json:"name_localizations,omitempty"`
	Description  string                                 `json:"description"`
	Descriptions map[string]string                      `json:"description_localizations,omitempty"`
	Required     bool                                   `json:"required,omitempty"`
	Autocomplete bool                                   `json:"autocomplete,omitempty"`
	Choices      []choiceDefinition                     `json:"choices,omitempty"`
}

type choiceDefinition struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// definitions writes the table of commands as Discord wants it: usable in servers, in
// direct messages with the bot and anywhere else, installed by a server or by a person.
func definitions(specs []bot.Spec) []definition {
	list := make([]definition, 0, len(specs))
	for _, s := range specs {
		d := definition{
			Type: discordgo.ChatApplicationCommand,
			Name: s.Name, Names: localised(s.Names, s.Name),
			Description: describe(s.Descriptions, s.Name), Descriptions: localised(s.Descriptions, ""),
			Contexts: []discordgo.InteractionContextType{
				discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
			},
			IntegrationTypes: []discordgo.ApplicationIntegrationType{
				discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall,
			},
		}
		for _, o := range s.Options {
			d.Options = append(d.Options, defineOption(o))
		}
		// Discord refuses a required option after one that is not.
		slices.SortStableFunc(d.Options, func(a, b optionDefinition) int {
			switch {
			case a.Required == b.Required:
				return 0
			case a.Required:
				return -1
			}
			return 1
		})
		list = append(list, d)
	}
	return list
}

func defineOption(o bot.Option) optionDefinition {
	d := optionDefinition{
		Type: discordgo.ApplicationCommandOptionString,
		Name: o.Name, Names: localised(o.Names, o.Name),
		Description: describe(o.Descriptions, o.Name), Descriptions: localised(o.Descriptions, ""),
		Required: o.Required, Autocomplete: o.Complete && len(o.Choices) == 0,
	}
	for _, c := range o.Choices {
		d.Choices = append(d.Choices, choiceDefinition{
			Name: describe(c.Labels, c.Value), Names: localised(c.Labels, ""), Value: c.Value,
		})
	}
	return d
}

// describe returns the base text, English, or a name where there is none.
func describe(texts map[string]string, name string) string {
	if text := texts["en"]; text != "" {
		return text
	}
	return name
}

// localised returns texts under Discord's locales, without those that say what
// the base says already.
func localised(texts map[string]string, base string) map[string]string {
	m := map[string]string{}
	for language, locales := range map[string][]string{
		"nl": {"nl"}, "fr": {"fr"}, "de": {"de"}, "en": {"en-GB", "en-US"},
	} {
		text := texts[language]
		if text == "" || text == base {
			continue
		}
		for _, locale := range locales {
			m[locale] = text
		}
	}
	return m
}

// keepRegistering registers the commands until Discord has them, or says that it
// will never take them.
func (b *Bot) keepRegistering(ctx context.Context, application string) {
	for wait := b.tempo.backoffMin; ; wait = min(2*wait, b.tempo.backoffMax) {
		err := b.register(ctx, application)
		if err == nil || ctx.Err() != nil {
			return
		}
		b.log.ErrorContext(ctx, "discord commands not registered", "error", err)
		var refused *refusedError
		if errors.As(err, &refused) && refused.Status < 500 && refused.Status != http.StatusTooManyRequests {
			return
		}
		if !sleep(ctx, wait) {
			return
		}
	}
}

// register makes the commands known to Discord, if they are not already.
func (b *Bot) register(ctx context.Context, application string) error {
	if len(b.config.Specs) == 0 {
		return nil
	}
	list := definitions(b.config.Specs)
	body, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("register commands: %w", err)
	}
	sum := sha256.Sum256(body)
	hash, name := hex.EncodeToString(sum[:]), "discord:commands:"+application
	if p := b.config.Progress; p != nil {
		known, err := p.Value(ctx, name)
		if err != nil {
			return fmt.Errorf("register commands: %w", err)
		}
		if known == hash {
			return nil
		}
	}
	c := call{
		name: "register commands", method: http.MethodPut,
		path: "/applications/" + application + "/commands", body: list,
	}
	if err := b.patient(ctx, c, nil); err != nil {
		return err
	}
	b.log.InfoContext(ctx, "discord commands registered", "commands", len(list))
	if p := b.config.Progress; p != nil {
		if err := p.SetValue(ctx, name, hash); err != nil {
			return fmt.Errorf("register commands: %w", err)
		}
	}
	return nil
}

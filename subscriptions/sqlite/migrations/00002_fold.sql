-- Letters that no decomposition makes plain are searched as plain ones, see words.go:
-- what was stored before is written that way too.

-- +goose Up
UPDATE articles SET words = replace(replace(replace(replace(replace(replace(replace(replace(words,
    'ø', 'o'), 'đ', 'd'), 'ð', 'd'), 'ł', 'l'), 'ı', 'i'), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss')
WHERE words GLOB '*[øđðłıœæß]*';

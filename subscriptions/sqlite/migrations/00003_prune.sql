-- Pruning finds what is old without reading through all digests and all subscribers.

-- +goose Up
CREATE INDEX digests_released ON digests (released_at);
CREATE INDEX subscribers_rest ON subscribers (rest_since) WHERE rest_since > 0;

-- What all tables and readers ask of an event, reckoned in one place. What browsers and apps send is frontend, all else backend.
ALTER TABLE ${database}.`replay_links`
    ADD COLUMN IF NOT EXISTS `kind` UInt8 MATERIALIZED bitShiftLeft(toUInt8(1), toUInt8(if(`event_type` = 'transaction', 1, 0)
            + if(`platform` IN ('javascript', 'cocoa', 'java-android', 'dart'), 2, 0)))
        COMMENT '1 backend error, 2 backend transaction, 4 frontend error, 8 frontend transaction';

ALTER TABLE ${database}.`replay_links`
    ADD COLUMN IF NOT EXISTS `severity` UInt8 MATERIALIZED toUInt8(if(`event_type` = 'transaction', 0,
            transform(`level`, ['fatal', 'error', 'warning', 'info', 'debug'], [5, 4, 3, 2, 1], 4)))
        COMMENT 'of an error or message: 5 fatal, 4 error or unknown, 3 warning, 2 info, 1 debug; 0 of a transaction';

-- What a segment brings is one part of events. Above 10 MB, the default, ClickHouse gives each of its columns files of its own, some
-- hundred and fifty, and syncs each: half of what the kernel does for an insert. Parts of up to 32 MB before compression
-- (some 90,000 page views) are one file; merged ones are above that soon and have their columns apart, as reports like them.
ALTER TABLE events MODIFY SETTING min_bytes_for_wide_part = 33554432;

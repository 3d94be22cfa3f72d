-- Returns all calls. KEYS: calls, since, owners. ARGV: for how many ms an owner that is not heard of may be paused.
-- Returns the time in microseconds, ids with the oldest first, ids and entries in turn, owners that live or may.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
return {
  now,
  redis.call('ZRANGE', KEYS[2], 0, -1),
  redis.call('HGETALL', KEYS[1]),
  redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. string.format('%.0f', now - ARGV[1] * 1000), '+inf')
}

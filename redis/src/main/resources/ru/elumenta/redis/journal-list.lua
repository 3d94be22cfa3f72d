-- Returns all calls. KEYS: calls, since, owners.
-- Returns the time in microseconds, ids with the oldest first, ids and entries in turn, owners that live.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
return {
  now,
  redis.call('ZRANGE', KEYS[2], 0, -1),
  redis.call('HGETALL', KEYS[1]),
  redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. string.format('%.0f', now), '+inf')
}

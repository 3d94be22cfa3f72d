-- Writes a call down. KEYS: calls, since, takers, owners, claims, claimed, forgotten.
-- ARGV: owner, lease in ms, ms to keep things, id, entry.
-- Returns the time in microseconds.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('HSET', KEYS[1], ARGV[4], ARGV[5])
redis.call('ZADD', KEYS[2], 'NX', now, ARGV[4])
redis.call('ZADD', KEYS[4], now + ARGV[2] * 1000, ARGV[1])

local keep = ARGV[3] * 1000
local old = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now - keep, 'LIMIT', 0, 20)
if #old > 0 then
  redis.call('HDEL', KEYS[1], unpack(old))
  redis.call('ZREM', KEYS[2], unpack(old))
  redis.call('HDEL', KEYS[3], unpack(old))
end
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - keep)
for i = 1, 7 do
  redis.call('PEXPIRE', KEYS[i], ARGV[3] + 90000000) -- 25 hours more, for claims of before
end
return now

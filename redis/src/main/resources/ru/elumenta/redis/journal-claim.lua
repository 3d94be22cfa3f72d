-- Claims a generation for a call. KEYS: calls, since, takers, owners, claims, claimed, forgotten.
-- ARGV: id, generation, when the call began in microseconds, ms to keep things, how many claims to keep.
-- Returns 1 if the call has it now, 0 if another has it or may have had it.

local has = redis.call('HGET', KEYS[5], ARGV[2])
if has then
  return has == ARGV[1] and 1 or 0
end
local began = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[1]) or ARGV[3])
local forgotten = tonumber(redis.call('GET', KEYS[7]) or 0)
if began <= forgotten then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('HSET', KEYS[5], ARGV[2], ARGV[1])
redis.call('ZADD', KEYS[6], now, ARGV[2])
redis.call('PEXPIRE', KEYS[5], ARGV[4] + 90000000)
redis.call('PEXPIRE', KEYS[6], ARGV[4] + 90000000)
tidy(now, ARGV[4], tonumber(ARGV[5]))
return 1

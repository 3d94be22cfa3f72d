-- Claims a generation for a call. KEYS: calls, since, takers, owners, claims, claimed, forgotten.
-- ARGV: id, generation, when the call began in microseconds, ms to keep things, how many claims to keep.
-- Returns 1 if the call has it now, 0 if another has it or may have had it.

-- Claims that no open call could contest any more are forgotten: rows are compared with calls by time, and
-- times without a zone may be off by most of a day. If there are too many all the same, no call that began
-- before the last of those that are forgotten claims anything any more.
local function tidy(now, keep, most)
  local oldest = tonumber(redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2] or now)
  local limit = math.min(oldest, now) - 90000000000
  local old = redis.call('ZRANGEBYSCORE', KEYS[6], '-inf', limit, 'LIMIT', 0, 20)
  local over = redis.call('ZCARD', KEYS[6]) - most
  if #old == 0 and over > 0 then
    old = redis.call('ZRANGE', KEYS[6], 0, math.min(over, 20) - 1)
    redis.call('SET', KEYS[7], redis.call('ZSCORE', KEYS[6], old[#old]), 'PX', keep + 90000000)
  end
  if #old > 0 then
    redis.call('HDEL', KEYS[5], unpack(old))
    redis.call('ZREM', KEYS[6], unpack(old))
  end
end

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

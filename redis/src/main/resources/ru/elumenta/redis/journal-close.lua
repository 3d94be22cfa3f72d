-- Writes down how a call ended. KEYS: calls, since, takers, owners, claims, claimed, forgotten.
-- ARGV: id, 'answered', 'refused' or 'lost', generation or '', when it was lost or '', entry to write if a lost
-- call is not there any more or '', ms to keep things, how many claims to keep.
-- Returns the time in microseconds.

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if ARGV[2] == 'lost' then
  local entry = redis.call('HGET', KEYS[1], ARGV[1])
  if entry then
    local owner, offset, call = string.match(entry, '^([^|]*)|([^|]*)|[^|]*|(.*)$')
    redis.call('HSET', KEYS[1], ARGV[1], owner .. '|' .. offset .. '|' .. ARGV[4] .. '|' .. call)
  elseif ARGV[5] ~= '' then
    redis.call('HSET', KEYS[1], ARGV[1], ARGV[5])
    redis.call('ZADD', KEYS[2], 'NX', now, ARGV[1])
    redis.call('PEXPIRE', KEYS[1], ARGV[6] + 90000000)
    redis.call('PEXPIRE', KEYS[2], ARGV[6] + 90000000)
  end
  return now
end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[5], ARGV[3], ARGV[1])
  redis.call('ZADD', KEYS[6], now, ARGV[3])
  redis.call('PEXPIRE', KEYS[5], ARGV[6] + 90000000)
  redis.call('PEXPIRE', KEYS[6], ARGV[6] + 90000000)
  tidy(now, ARGV[6], tonumber(ARGV[7]))
end
return now

-- Stands before scripts that keep claims. KEYS: calls, since, takers, owners, claims, claimed, forgotten.

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


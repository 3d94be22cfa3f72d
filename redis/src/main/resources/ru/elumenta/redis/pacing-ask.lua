-- One request of the fleet asks to be sent. Returns how many milliseconds it is held back, what for
-- (0: nothing, it has its turn; 1: the account; 2: others that are under way), and how many answers
-- had come by then.
-- KEYS: state, turns by the end of their lease, queue by arrival, places in it by the end of theirs
-- ARGV: now in ms (0: by this server's clock), id, lease in ms, how many may be at once (0: any
-- number), ms until a trial, ms to keep
local STATE, TURNS, QUEUE, PLACES = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, lease, at_once = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local HOUR = 3600000
local place_lease = math.max(lease, 15000) -- whoever has a place asks every 5 s
local AT_ONCE_WHILE_NOTHING_IS_KNOWN = 4

local s = {}
local flat = redis.call('HGETALL', STATE)
for i = 1, #flat, 2 do
  s[flat[i]] = tonumber(flat[i + 1])
end
local answers = s.answers or 0

local function keep()
  for _, key in ipairs(KEYS) do
    redis.call('PEXPIRE', key, ARGV[6])
  end
end

if redis.call('ZSCORE', TURNS, id) then -- it has it, and did not hear so
  return {0, 0, answers}
end

-- Turns of the dead; the service may have counted them. What frees comes first: after that a script may
-- go on in a Redis that is full.
redis.call('ZREMRANGEBYSCORE', TURNS, '-inf', now)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', PLACES, '-inf', now, 'LIMIT', 0, 200)) do
  redis.call('ZREM', QUEUE, gone)
  redis.call('ZREM', PLACES, gone)
end

if s.known == 1 and now >= s.ends then
  local hours = math.floor((now - s.ends) / HOUR) + 1
  s.left, s.least, s.ends, s.rolled = s.limit, s.limit, s.ends + hours * HOUR, 1
  redis.call('HSET', STATE, 'left', s.left, 'least', s.least, 'ends', s.ends, 'rolled', 1)
end

local ahead = redis.call('ZRANK', QUEUE, id) or redis.call('ZCARD', QUEUE)
local under_way = redis.call('ZCARD', TURNS)
local until_trial = (s.trial or 0) - now

local wait = math.max(0, math.min((s.blocked or 0) - now, until_trial))
if s.day_known == 1 and ahead >= s.day_left then -- nobody says when the day ends
  wait = math.max(wait, until_trial)
end
if s.known == 1 and ahead >= s.left and wait < s.ends - now then
  wait = s.ends - now + math.floor((ahead - s.left) / s.limit) * HOUR
end
if wait == 0 and not s.heard and ahead + under_way >= AT_ONCE_WHILE_NOTHING_IS_KNOWN then
  wait = 100
end
local reason = wait > 0 and 1 or 0
if wait == 0 and at_once > 0 and ahead + under_way >= at_once then
  wait = math.min(2000, 100 * (1 + math.floor(ahead / at_once)))
  reason = 2
end

if reason == 0 then
  redis.call('ZREM', QUEUE, id)
  redis.call('ZREM', PLACES, id)
  redis.call('ZADD', TURNS, now + lease, id)
  redis.call('HSET', STATE, 'trial', now + tonumber(ARGV[5]))
  if s.known == 1 then
    redis.call('HINCRBY', STATE, 'left', -1)
  end
  if s.day_known == 1 then
    redis.call('HINCRBY', STATE, 'day_left', -1)
  end
else
  if not redis.call('ZSCORE', QUEUE, id) then
    redis.call('ZADD', QUEUE, redis.call('HINCRBY', STATE, 'arrivals', 1), id)
  end
  redis.call('ZADD', PLACES, now + place_lease, id)
end
keep()
return {wait, reason, answers}

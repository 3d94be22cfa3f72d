-- A request that had its turn has ended, or one that had a place in the queue gives it up.
-- KEYS: state, turns by the end of their lease, queue by arrival, places in it by the end of theirs
-- ARGV: now in ms (0: by this server's clock), id, ms to keep, what became of it (0: not sent, 1: lost,
-- 2: answered), how many answers had come when it had its turn (-1: unknown), ms until a trial, ms
-- for which the service refuses, and of the hour the limit, what remains, ms until its end, of the
-- day the limit and what remains; each of these empty if it was not said
local STATE, TURNS, QUEUE, PLACES = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, became, before = ARGV[2], tonumber(ARGV[4]), tonumber(ARGV[5])
local refused_for = tonumber(ARGV[7])
local limit, remaining, until_end = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local day_limit, day_remaining = tonumber(ARGV[11]), tonumber(ARGV[12])
local HALF_AN_HOUR = 1800000

local had_turn = redis.call('ZREM', TURNS, id) == 1
redis.call('ZREM', QUEUE, id)
redis.call('ZREM', PLACES, id)
if became ~= 2 and not had_turn then
  return {0}
end

local s = {}
local flat = redis.call('HGETALL', STATE)
for i = 1, #flat, 2 do
  s[flat[i]] = tonumber(flat[i + 1])
end
s.answers = s.answers or 0
local under_way = redis.call('ZCARD', TURNS)

if became == 0 then -- the service cannot have counted it
  if s.known == 1 then
    s.left = math.min(s.left + 1, s.least)
  end
  if s.day_known == 1 then
    s.day_left = math.min(s.day_left + 1, s.day_least)
  end
elseif became == 2 then
  -- Nothing else was under way that the answer may or may not have counted.
  local alone = had_turn and under_way == 0 and s.answers == before
  s.answers = s.answers + 1
  s.heard = 1
  if limit == 0 then
    s.known = 0
  end
  if limit and limit > 0 and remaining and until_end
      and not (s.known == 1 and s.ends - (now + until_end) > HALF_AN_HOUR) then -- the hour before
    local ends = now + until_end
    local is_new = s.known ~= 1 or ends - s.ends > HALF_AN_HOUR
    s.least = (is_new or alone) and remaining or math.min(s.least, remaining)
    s.left = math.max(s.least - under_way, is_new and 0 or math.min(s.left, s.least))
    s.limit = limit
    -- Counted on from the hour before, the end is as old as that; else the latest is the safe one.
    s.ends = (is_new or s.rolled == 1) and ends or math.max(ends, s.ends)
    s.rolled = 0
    s.known = 1
  end
  if day_limit == 0 then
    s.day_known = 0
  end
  if day_limit and day_limit > 0 and day_remaining then
    -- One that was sent after the last answer and has more left is of another day.
    local is_new = s.day_known ~= 1 or alone
        or (before >= s.day_said and day_remaining > s.day_least)
    s.day_least = is_new and day_remaining or math.min(s.day_least, day_remaining)
    s.day_left = math.max(s.day_least - under_way, is_new and 0 or math.min(s.day_left, s.day_least))
    s.day_said = s.answers
    s.day_known = 1
  end
  if refused_for then
    s.blocked = math.max(now + refused_for, s.blocked or 0)
    s.trial = now + tonumber(ARGV[6])
    s.answers = s.answers + 1
    s.refused_at = s.answers
  elseif before >= (s.refused_at or 0) then
    s.blocked = now
  end
end

local written = {}
for name, value in pairs(s) do
  written[#written + 1] = name
  written[#written + 1] = string.format('%.0f', value)
end
redis.call('HSET', STATE, unpack(written))
redis.call('PEXPIRE', STATE, ARGV[3])
return {1}

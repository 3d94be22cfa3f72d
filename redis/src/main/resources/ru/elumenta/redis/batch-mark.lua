-- Says how far an item is, as phase|price|call|entry|generation.
-- KEYS: sums, stream, live, ended, ids.
-- ARGV: worker, entry, id, step, price, call, generation.
-- Returns 1 if that is so now, 0 if the item is another's or has another call, 2 if the budget has no room
-- as long as others are under way, 3 if it has none.
local worker, entry, id, step, price, call = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local phase, was, its_call, its_entry = '', '-1', '', ''
local state = redis.call('HGET', KEYS[3], id)
if state then
  phase, was, its_call, its_entry = string.match(state, '^(%a)|(-?%d+)|([^|]*)|([^|]*)|')
end

local function set(to, its_price, of_call, generation)
  redis.call('HSET', KEYS[3], id, to .. '|' .. its_price .. '|' .. of_call .. '|' .. entry .. '|' .. generation)
  return {1}
end

if step == 'R' or step == 'A' or step == 'S' then -- before it is sent it has to be the worker's own
  local pending = redis.call('XPENDING', KEYS[2], 'workers', entry, entry, 1)[1]
  if not pending or pending[2] ~= worker or redis.call('HEXISTS', KEYS[4], id) == 1 then
    return {0}
  end
end

if step == 'R' and (phase == '' or phase == 'R') then
  local budget = tonumber(redis.call('HGET', KEYS[1], 'budget') or nil)
  local more = math.max(0, tonumber(price)) - math.max(0, tonumber(was))
  local committed = tonumber(redis.call('HGET', KEYS[1], 'committed') or '0')
  if budget and committed + more > budget then
    for other, its in pairs(redis.call('HGETALL', KEYS[3])) do
      if other % 2 == 0 and string.match(its, '^[RASC]') and not string.find(its, '|' .. entry .. '|', 1, true) then
        return {2}
      end
    end
    return {3}
  end
  redis.call('HINCRBY', KEYS[1], 'committed', more)
  return set('R', price, '', '')
elseif step == 'A' and (phase == '' or phase == 'R' or phase == 'A') then -- one that is named only was not sent
  return set('A', was, call, '')
elseif step == 'S' and (phase == 'A' or phase == 'S') and its_call == call then
  return set('S', was, call, '')
elseif its_call ~= call or call == '' then
  return {0}
end

entry = its_entry -- whoever knows the outcome of the call need not have the item any more
if step == 'N' then -- not executed after all
  return set('R', was, '', '')
elseif step == 'C' then
  return set('C', was, call, ARGV[7])
elseif step == 'O' and phase ~= 'C' then
  return set('O', was, call, '')
elseif step == 'L' then -- left as it is, until somebody looks again
  redis.call('XACK', KEYS[2], 'workers', entry)
  return set('O', was, call, '')
end
return {0}

-- Writes down, once and for all, what became of an item. KEYS: sums, stream, live, ended, ids.
-- ARGV: worker, entry, id, call or '', 'done' or 'failed', what it cost, what is to be kept of it.
-- Returns 1 if that is so now, 0 if it had ended before, or is another's.
local worker, entry, id, call, how, cost = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])
if redis.call('HEXISTS', KEYS[4], id) == 1 then
  return {0}
end
local price, its_call, its_entry = '0', '', entry
local state = redis.call('HGET', KEYS[3], id)
if state then
  price, its_call, its_entry = string.match(state, '^%a|(-?%d+)|([^|]*)|([^|]*)|')
end
if its_call ~= call then
  return {0}
end
if call == '' then -- a call's outcome is its item's, whoever brings it; without one it has to be the worker's
  local pending = redis.call('XPENDING', KEYS[2], 'workers', entry, entry, 1)[1]
  if not pending or pending[2] ~= worker then
    return {0}
  end
end
redis.call('HSET', KEYS[4], id, ARGV[7])
redis.call('HDEL', KEYS[3], id)
redis.call('XACK', KEYS[2], 'workers', its_entry)
redis.call('XDEL', KEYS[2], its_entry)
redis.call('HINCRBY', KEYS[1], how, 1)
redis.call('HINCRBY', KEYS[1], 'spent', cost)
redis.call('HINCRBY', KEYS[1], 'committed', cost - math.max(0, tonumber(price)))
if how == 'failed' then
  redis.call('HINCRBY', KEYS[1], 'spent_on_failures', cost)
end
return {1}

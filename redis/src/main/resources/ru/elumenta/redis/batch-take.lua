-- Takes an item: one whose worker is dead, else the next. KEYS: sums, stream, live, ended, ids.
-- ARGV: worker, lease in ms, ms to keep things.
-- Returns entry, id, request and state of the item, each empty if there is none, and how many are held.
redis.pcall('XGROUP', 'CREATE', KEYS[2], 'workers', '0', 'MKSTREAM') -- there may be one

local function next_entry()
  local cursor = '0-0'
  repeat
    local dead = redis.call('XAUTOCLAIM', KEYS[2], 'workers', ARGV[1], ARGV[2], cursor, 'COUNT', 1)
    cursor = dead[1]
    if dead[2][1] then
      return dead[2][1]
    end
  until cursor == '0-0'
  local read =
    redis.call('XREADGROUP', 'GROUP', 'workers', ARGV[1], 'COUNT', 1, 'STREAMS', KEYS[2], '>')
  return read and read[1][2][1]
end

local entry, fields
repeat
  entry, fields = next_entry(), {}
  for i = 1, entry and #entry[2] or 0, 2 do
    fields[entry[2][i]] = entry[2][i + 1]
  end
  local has_ended = entry and redis.call('HEXISTS', KEYS[4], fields.id) == 1
  if has_ended then
    redis.call('XACK', KEYS[2], 'workers', entry[1])
    redis.call('XDEL', KEYS[2], entry[1])
  end
until not has_ended
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[3])
end
local held = redis.call('XPENDING', KEYS[2], 'workers')[1]
if not entry then
  return {'', '', '', '', held}
end
return {entry[1], fields.id, fields.request, redis.call('HGET', KEYS[3], fields.id) or '', held}

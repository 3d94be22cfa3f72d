-- Takes the lock if nobody has it. KEYS: lock, session. ARGV: owner, lease in ms.
-- Returns the version that is stored, or -1 if another has the lock.
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return -1
  end
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return tonumber(redis.call('HGET', KEYS[2], 'version') or 0)

-- A machine still has these turns.
-- KEYS: turns by the end of their lease
-- ARGV: now in ms (0: by this server's clock), lease in ms, ms to keep, ids
-- First of all what frees: after that a script may go on in a Redis that is full.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
for i = 4, #ARGV do
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[i])
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {#ARGV - 3}

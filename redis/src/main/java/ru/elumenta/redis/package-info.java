/** What many machines with one account share; start with {@link ru.elumenta.redis.Fleet}. */
@NullMarked
package ru.elumenta.redis;

import org.jspecify.annotations.NullMarked;

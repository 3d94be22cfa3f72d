package ru.elumenta.client.session;

import java.util.Optional;
import ru.elumenta.client.model.User;

/**
 * Who has logged in.
 *
 * @param user what the service said of the user; what did not come is null in it
 * @param isNewUser whether this login created the user; by Telegram and Google only
 */
public record Login(Optional<User> user, boolean isNewUser) {}

package ru.elumenta.client.internal.stream;

/**
 * One server-sent event.
 *
 * @param name what its {@code event:} line says, or null; the service is not documented to send one
 * @param data its {@code data:} lines, joined by line feeds
 */
record SentEvent(String name, String data) {}

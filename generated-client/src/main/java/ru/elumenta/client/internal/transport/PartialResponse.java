package ru.elumenta.client.internal.transport;

import java.util.List;
import java.util.Map;

/**
 * A response whose headers arrived and whose body did not, or not whole.
 *
 * @param status the HTTP status
 * @param headers the response headers
 * @param body the bytes that arrived
 */
@SuppressWarnings("ArrayRecordComponent")
public record PartialResponse(int status, Map<String, List<String>> headers, byte[] body) {}

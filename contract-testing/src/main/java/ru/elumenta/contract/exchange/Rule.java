package ru.elumenta.contract.exchange;

/** The kinds of rules that an exchange can break. */
public enum Rule {
  /** The path begins as that of the contract's server does. */
  BASE_PATH,
  /** The contract has the path. */
  PATH,
  /** The contract has the method for this path. */
  METHOD,
  /** An operation that needs credentials gets a bearer token. */
  BEARER_MISSING,
  /** An operation that takes no credentials, such as a login, gets none. */
  BEARER_UNWANTED,
  /** The Authorization header is the word Bearer and one token. */
  BEARER_FORM,
  /** The operation has the query parameter. */
  UNKNOWN_PARAMETER,
  /** A parameter that is required is there. */
  MISSING_PARAMETER,
  /** A parameter that is there has a value. */
  EMPTY_PARAMETER,
  /** A parameter that is no list is there once. */
  REPEATED_PARAMETER,
  /** The body is of a media type that the contract has for it. */
  CONTENT_TYPE,
  /** The request accepts a media type that the operation answers. */
  ACCEPT,
  /** Text is UTF-8. */
  ENCODING,
  /** A body is there where the contract has a required one. */
  BODY_MISSING,
  /** No body is there where the contract has none. */
  BODY_UNEXPECTED,
  /** The body is one JSON value and nothing else. */
  BROKEN_JSON,
  /** No member of an object is there twice. */
  DUPLICATE_MEMBER,
  /** A required member is there. */
  REQUIRED,
  /** The schema knows the member. */
  UNKNOWN_MEMBER,
  /** A value is of the type of its schema. */
  TYPE,
  /** A value is one of those that its schema lists. */
  ENUM,
  /** A value has the format of its schema, for example a time or a number of 64 bits. */
  FORMAT,
  /** A number is not too small and not too large. */
  RANGE,
  /** A string, list or object is not too short and not too long. */
  LENGTH,
  /** A string matches the pattern of its schema. */
  PATTERN,
  /** A value fits the alternatives of its schema. */
  ALTERNATIVES,
  /** A value fits its schema in all other ways. */
  SCHEMA,
  /** The operation has the status. */
  STATUS,
  /** An error has a code that belongs to its status. Page: guides/error-handling. */
  ERROR_CODE,
  /** Rate-limit headers are whole numbers that fit each other. Page: concepts/rate-limits. */
  RATE_LIMIT,
  /** Retry-After is a number of seconds or an HTTP date. Page: guides/error-handling. */
  RETRY_AFTER,
  /**
   * A stream has data lines only, separated by blank lines. Page: api-reference/generate/stream.
   */
  EVENT_FORM,
  /** The kind of an event is a documented one. */
  EVENT_KIND,
  /** A stream ends with its end event, an error event or [DONE], and nothing follows [DONE]. */
  STREAM_END,
  /** A multipart body can be taken apart. */
  MULTIPART_FORM,
  /** A part with a file has a file name and is of a documented kind and size. */
  FILE
}

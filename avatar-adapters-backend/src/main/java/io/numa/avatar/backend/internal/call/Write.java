package io.numa.avatar.backend.internal.call;

import com.fasterxml.jackson.databind.JsonNode;
import okhttp3.HttpUrl;

/**
 * A write to a backend.
 *
 * @param action completes "could not …"
 * @param key the idempotency key: the same for every try, and for later calls with the same content
 * @param smallest whether no smaller request would do
 */
public record Write(
    CallKind call,
    String action,
    String method,
    HttpUrl url,
    String key,
    JsonNode body,
    boolean smallest) {
  public EndpointGroup group() {
    return call.group();
  }
}

package io.numa.avatar.backend.internal.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;

/**
 * A read from a backend.
 *
 * @param action completes "could not …"
 * @param problem what is wrong with the shape of an answer; empty if nothing is
 */
public record Read(
    CallKind call, String action, HttpUrl url, Function<JsonNode, Optional<String>> problem) {}

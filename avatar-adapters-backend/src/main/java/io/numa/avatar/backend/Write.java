package io.numa.avatar.backend;

import com.fasterxml.jackson.databind.JsonNode;
import okhttp3.HttpUrl;

/**
 * Something to be written to a backend.
 *
 * @param action completes "could not …"
 * @param key the same for every try, and for every later call that writes the same
 */
record Write(
    EndpointGroup group, String action, String method, HttpUrl url, String key, JsonNode body) {}

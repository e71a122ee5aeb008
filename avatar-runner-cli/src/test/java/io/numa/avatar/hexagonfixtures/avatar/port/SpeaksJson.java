package io.numa.avatar.hexagonfixtures.avatar.port;

import com.fasterxml.jackson.databind.JsonNode;

/** Breaks: ports speak of values alone. */
interface SpeaksJson {
  JsonNode answer();
}

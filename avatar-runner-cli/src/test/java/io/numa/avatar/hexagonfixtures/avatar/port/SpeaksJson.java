package io.numa.avatar.hexagonfixtures.avatar.port;

import com.fasterxml.jackson.databind.JsonNode;

/** Breaks: ports use only values. */
interface SpeaksJson {
  JsonNode answer();
}

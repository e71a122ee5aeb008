package io.numa.avatar.egress.registry.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Changes the configuration of a Cargo index: downloads lead inside, and there is neither an API to
 * publish with nor a login.
 */
final class CargoConfig implements Rewriting {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_BYTES = 1 << 16;

  /** The path is {@code config.json}, with any media type. */
  @Override
  public boolean reads(String mediaType) {
    return true;
  }

  @Override
  public void rewrite(InputStream in, OutputStream out, Links links) throws IOException {
    JsonNode config = JSON.readTree(in.readNBytes(MOST_BYTES));
    ObjectNode changed = JSON.createObjectNode();
    changed.put("dl", download(config.path("dl").asText(), links));
    out.write(JSON.writeValueAsBytes(changed));
  }

  /** Markers such as <code>{crate}</code> are no part of a URL; without any, Cargo adds a path. */
  private static String download(String template, Links links) {
    int marker = template.indexOf('{');
    return marker < 0
        ? links.insideFolder(template, "")
        : links.insideFolder(template.substring(0, marker), template.substring(marker));
  }
}

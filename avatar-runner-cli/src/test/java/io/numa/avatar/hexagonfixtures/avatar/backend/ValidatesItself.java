package io.numa.avatar.hexagonfixtures.avatar.backend;

import com.networknt.schema.Schema;

/** Breaks: documents alone are validated by schemas. */
record ValidatesItself(Schema schema) {}

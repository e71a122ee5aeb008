package io.numa.avatar.hexagonfixtures.avatar.backend;

import com.networknt.schema.Schema;

/** Breaks: only the documents module validates by schemas. */
record ValidatesItself(Schema schema) {}

/** The avatar's figures in Prometheus' text format, by Micrometer. */
@NullMarked
package io.numa.avatar.server.metrics;

import org.jspecify.annotations.NullMarked;

/** TLS on loopback: an authority of one's own, its certificates, and a front that speaks TLS for servers that do not. */
@NullMarked
package io.replaylinker.testkit.tls;

import org.jspecify.annotations.NullMarked;

package io.parley;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/// All that drives a browser, one class after the other: where tests run two at a time, two
/// browsers at once would get in each other's way, while most other tests wait half of their time.
/// It begins first, because it takes longest.
@Suite
@SelectPackages("io.parley.web")
@IncludeClassNamePatterns(".*Test")
public class BrowserSuite {}

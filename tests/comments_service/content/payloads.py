"""Hundreds of attempts to bring script, styles, foreign URLs or layout into a page, written for these tests."""

from __future__ import annotations

from itertools import product

TAGS = "script style svg math iframe object embed form input button textarea select img video audio marquee template"
TAGS += (
    " base link meta frameset applet noscript title xmp plaintext listing isindex details dialog slot portal bgsound"
)
EVENTS = "onload onerror onclick onmouseover onfocus onanimationstart ontoggle onpointerenter onbegin formaction style"
SCHEMES = (
    "javascript:alert(1)|JaVaScRiPt:alert(1)|java\tscript:alert(1)|java\nscript:alert(1)| javascript:alert(1)"
    "|\x01javascript:alert(1)|javascript&colon;alert(1)|&#106;avascript:alert(1)|&#x6A;avascript:alert(1)"
    "|javascript&#58;alert(1)|%6Aavascript:alert(1)|javascript:%61lert(1)|javascript://example.com/%0aalert(1)"
    "|vbscript:msgbox(1)|data:text/html,<script>alert(1)</script>|data:text/html;base64,PHNjcmlwdD4="
    "|data:image/svg+xml,<svg onload=alert(1)>|file:///etc/passwd|ftp://example.com/|blob:https://example.com/1"
    "|filesystem:https://example.com/|about:blank|view-source:https://example.com|intent://x#Intent;end|tel:1|sms:1"
    "|mailto:x|ws://example.com|jar:http://x!/|feed:javascript:alert(1)|//example.com|///example.com|/\\example.com"
    "|\\\\example.com|https:\\\\example.com|https:example.com|https:/example.com|https:///example.com|/relative|?q=1|#top"
    "|relative|../up|https://user:pass@example.com/|https://example.com\\@evil.example/|http://[::1|http://a b/"
    "|https://exa\u202emple.com/|https://example.com:99999/|https://-example.com/|http://0x7f.1/|http://2130706433/"
)

HAND_WRITTEN = (
    """
<script>alert(1)</script>
<ScRiPt>alert(1)</sCrIpT>
<script src=//example.com/x.js></script>
<script/x>alert(1)</script >
<script\x0c>alert(1)</script>
<<script>alert(1)//<</script>
<scr<script>ipt>alert(1)</scr</script>ipt>
</script><script>alert(1)</script>
"><script>alert(1)</script>
'><svg/onload=alert(1)>
<img src=x onerror=alert(1)>
<img src="x"onerror="alert(1)">
<img/src='x'/onerror='alert(1)'>
<img src=`x` onerror=alert(1)>
<img """
    + '"'
    + """><script>alert(1)</script>">
<svg><script>alert(1)</script></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<svg><animate onbegin=alert(1) attributeName=x>
<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>
<math><mi xlink:href="data:x,alert(1)">x</mi></math>
<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=alert(1)>">
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<style>@import url(//example.com/x.css);</style>
<style>*{background:url(//example.com)}</style>
<p style="position:fixed;inset:0;background:red">x</p>
<p class="admin" id="login" data-x="1" hidden>x</p>
<p onclick=alert(1)>x</p>
<a href="javascript:alert(1)">x</a>
<a href="https://example.com/" target="_top" onclick="alert(1)" rel="opener" ping="//example.com">x</a>
<a href="https://example.com/" style="position:absolute">x</a>
<a name="x" id="y">x</a>
<base href="//example.com/">
<meta http-equiv="refresh" content="0;url=//example.com">
<link rel=stylesheet href=//example.com/x.css>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="data:text/html,<script>alert(1)</script>"></object>
<form action="//example.com"><input name=password><button>x</button></form>
<input autofocus onfocus=alert(1)>
<details open ontoggle=alert(1)>x</details>
<video><source onerror=alert(1)></video>
<table background="javascript:alert(1)"><tr><td>x</td></tr></table>
<!-- --><script>alert(1)</script><!-- -->
<!--><script>alert(1)</script>-->
<![CDATA[<script>alert(1)</script>]]>
<?xml version="1.0"?><script>alert(1)</script>
<!DOCTYPE html [<!ENTITY x "<script>alert(1)</script>">]>&x;
&lt;script&gt;alert(1)&lt;/script&gt;
&amp;lt;script&amp;gt;alert(1)
&#60;script&#62;alert(1)&#60;/script&#62;
\\<script\\>alert(1)\\</script\\>
\\u003cscript\\u003ealert(1)
＜script＞alert(1)＜/script＞
%3Cscript%3Ealert(1)%3C/script%3E
+ADw-script+AD4-alert(1)
<a/href="javascript:alert(1)">x
<x onclick=alert(1)>x</x>
<custom-element onclick=alert(1)>x</custom-element>
</p></div></body></html><script>alert(1)</script>
</blockquote></li></ul><h1>x</h1>
<h1>big</h1><marquee>x</marquee><blink>x</blink><font size=7>x</font>
<template><script>alert(1)</script></template>
<textarea></textarea><script>alert(1)</script>
<title></title><script>alert(1)</script>
<plaintext>
<xmp><script>alert(1)</script></xmp>
{{constructor.constructor('alert(1)')()}}
${alert(1)} #{alert(1)} <%= alert(1) %> {% raw %}
[x](javascript:alert(1))
[x](<javascript:alert(1)>)
[x]( javascript:alert(1))
[x](javascript&colon;alert(1))
[x](https://example.com "onclick=alert(1)")
[x](https://example.com" onclick="alert(1))
[x](https://example.com'onclick='alert(1))
[<img src=x onerror=alert(1)>](https://example.com)
[x](data:text/html;base64,PHNjcmlwdD4=)
[x](//example.com)
[x](/\\example.com)
[x](\\\\example.com)
[x][y]\n\n[y]: javascript:alert(1)
![x](javascript:alert(1))
![x](https://example.com/pixel.gif)
![x" onerror="alert(1)](https://example.com/pixel.gif)
[![x](https://example.com/a.gif)](javascript:alert(1))
<javascript:alert(1)>
<https://example.com/"onmouseover="alert(1)>
<data:text/html,x>
<x:alert(1)>
https://example.com/"onmouseover="alert(1)
https://example.com/<script>alert(1)</script>
https://example.com/'onclick='alert(1)
https://example.com/`onclick=alert(1)`
http://example.com/\x00javascript:alert(1)
www.example.com"onclick="alert(1)
```"><script>alert(1)</script>\nx\n```
```js onload=alert(1)\nx\n```
~~~" class="x\nx\n~~~
`<script>alert(1)</script>`
    <script>alert(1)</script>
> <script>alert(1)</script>
- <script>alert(1)</script>
1. <img src=x onerror=alert(1)>
**<script>alert(1)</script>**
*<b onclick=alert(1)>*x*
~~<script>~~alert(1)~~</script>~~
| <script> | x |\n|---|---|\n| y | z |
# <script>alert(1)</script>
<script>\n\nalert(1)\n\n</script>
<div>\n\n*x*\n\n</div>
<a href="https://example.com">\n\nx
<p title="`">`" onclick=alert(1)>
*<a title="*" href="javascript:alert(1)">x</a>*
[a](<https://example.com/\x3e\x3cscript\x3ealert(1)>)
x\u202egnp.exe
\u2066\u2067x\u2069
"""
)


def all_payloads() -> list[str]:
    """Every payload: those written by hand and the products of tags, handlers and schemes."""
    hand_written = [line.replace("\\n", "\n") for line in HAND_WRITTEN.split("\n") if line]
    handlers = [f"<{tag} {event}=alert(1)>x</{tag}>" for tag, event in product(TAGS.split()[::3], EVENTS.split())]
    bare = [f"<{tag} src=//example.com href=//example.com>x" for tag in TAGS.split()]
    schemes = SCHEMES.split("|")
    links = [
        shape.format(scheme) for scheme in schemes for shape in ("[x]({})", "[x](<{}>)", "<{}>", '<a href="{}">x</a>')
    ]
    return [*hand_written, *handlers, *bare, *links]


def hrefs() -> list[str]:
    """URLs that must never be anybody's href."""
    return SCHEMES.split("|")

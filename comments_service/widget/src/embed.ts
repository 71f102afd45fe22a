/** The script that pages load. The service is where the script came from, also below a prefix. */
import { defineElements } from "./define";

const script = document.currentScript ?? document.querySelector('script[src*="/embed.js"]');
defineElements((script as HTMLScriptElement).src);

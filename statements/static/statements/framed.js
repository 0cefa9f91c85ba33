/* A preview in the frame of a phone: its links lead out of the frame, for no other page
   may stand in one. Those within the page stay. */

for (const link of document.links) {
  if (!link.getAttribute("href").startsWith("#")) link.target = "_top";
}

/* Runs before the page is painted, so that a chosen theme does not flash. A classic script, on purpose without imports. */
{
  const chosen = localStorage.getItem('helpdesk.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
}
